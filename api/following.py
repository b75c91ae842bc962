"""One answer on its way to a client: watched from the server's event loop, without a thread of its own.

ClientGone      the client left; the answer is stopped and what there is of it is kept
OutOfTime       the answer took longer than the API allows; it is stopped, and what there is of it is kept
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.requests import Request

from rag.assistant import Asked, Assistant
from rag.jobs import Job, Snapshot

TICK_S = 0.025  # at most this often is text sent
IDLE_S = 0.5  # while nothing changes, the client and the time are looked at this often
ENDING_S = 5.0  # how long a stopped answer may take to be stored


class ClientGone(Exception):
    """Nobody waits for the answer any more."""


class OutOfTime(Exception):
    """The answer took too long."""


class Watch:
    """Watches the job of an answer, from the event loop it is made in. It is over when the end is stored."""

    def __init__(self, assistant: Assistant, asked: Asked, seconds: float) -> None:
        self.asked = asked
        self._job: Job | None = assistant.job(asked.answer_id)  # None: it was over before we looked
        self._until = time.monotonic() + seconds
        self._stirred = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        if self._job:
            self._job.watch(self._stir)

    @property
    def snapshot(self) -> Snapshot:
        return self._job.snapshot if self._job else Snapshot(step="done")

    def stop(self) -> None:
        """Ends the answer if it is still being written. Does not wait."""
        if self._job and not self._job.snapshot.done:
            self._job.cancellation.cancel()

    async def first_text(self, gone: asyncio.Event, patience_s: float) -> None:
        """Returns when there is text, when all is over, or after this time. Raises ClientGone, OutOfTime."""
        until = time.monotonic() + patience_s
        async for snapshot in self.snapshots():
            if gone.is_set():
                raise ClientGone
            if snapshot.text or time.monotonic() > until:
                return

    async def end(self, gone: asyncio.Event) -> None:
        """Returns when all is over. Raises ClientGone, OutOfTime."""
        async for _ in self.snapshots():
            if gone.is_set():
                raise ClientGone

    async def snapshots(self) -> AsyncIterator[Snapshot]:
        """The answer at every tick, until it is over. Raises OutOfTime, after the answer was stopped and kept."""
        while not (snapshot := self.snapshot).done:
            yield snapshot
            if time.monotonic() > self._until:
                await self._stopped()
                raise OutOfTime
            await self._change()

    async def _change(self) -> None:
        """Returns after the next change, not sooner than a tick from now and not much later when there is none."""
        await asyncio.sleep(TICK_S)
        with suppress(TimeoutError):
            async with asyncio.timeout(IDLE_S):
                await self._stirred.wait()
        self._stirred.clear()

    def _stir(self) -> None:
        """Wakes the loop once for all changes until it looks: a token costs a comparison."""
        if not self._stirred.is_set():
            with suppress(RuntimeError):  # the loop is closed: nobody watches any more
                self._loop.call_soon_threadsafe(self._stirred.set)

    async def _stopped(self) -> None:
        self.stop()
        until = time.monotonic() + ENDING_S
        while not self.snapshot.done and time.monotonic() < until:
            await asyncio.sleep(TICK_S)


@asynccontextmanager
async def leaving(request: Request) -> AsyncIterator[asyncio.Event]:
    """An event that is set when the client leaves. The body must have been read."""
    gone = asyncio.Event()

    async def listen() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone.set()

    listening = asyncio.create_task(listen())
    try:
        yield gone
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
