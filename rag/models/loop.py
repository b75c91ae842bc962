"""All requests to models run on one asyncio loop in a thread of its own; workers read their streams like lists.

Why a loop: a task can be cancelled wherever it waits, so that Stop and time limits close the request at once, even
while the server has not sent its headers. A thread blocked in a socket could not be woken.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import TypeVar

from rag.cancellation import Cancellation, Cancelled
from rag.models.limits import Limits

T = TypeVar("T")


class TooSlow(Exception):
    """Nothing came for longer than the limit."""


class _End:
    """The stream ended, well or with an error."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


class StreamLoop:
    """Runs async streams for threads."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="models", daemon=True)
        self._closers: list[Callable[[], Awaitable[None]]] = []
        self._thread.start()

    def on_close(self, call: Callable[[], Awaitable[None]]) -> None:
        """Has `call` awaited when the loop ends: a client closes its connections in the loop that opened them."""
        self._closers.append(call)

    def iterate(
        self,
        open_stream: Callable[[], AsyncIterator[T]],
        limits: Limits,
        *,
        cancellation: Cancellation,
        is_life: Callable[[T], bool] = lambda _: True,
    ) -> Iterator[T]:
        """The items of a stream as they come. Leaving it early, an error or a limit closes the request.

        Items that are no life do not lengthen the wait for the next one that is.
        Raises TooSlow, Cancelled, and whatever the stream raises.
        """
        items: SimpleQueue[T | _End] = SimpleQueue()
        task = asyncio.run_coroutine_threadsafe(_pump(open_stream, items), self._loop)
        cancellation.on_cancel(lambda: items.put(_End(Cancelled())))
        now = time.monotonic()
        end, silent_until = now + limits.total_s, now + limits.first_s
        try:
            while True:
                cancellation.check()
                item = items.get(timeout=max(min(silent_until, end) - time.monotonic(), 0.0))
                if isinstance(item, _End):
                    if item.error is not None:
                        raise item.error
                    return
                now = time.monotonic()
                if is_life(item):
                    silent_until = now + limits.stall_s
                if now > min(silent_until, end):
                    raise TooSlow
                yield item
        except Empty:
            raise TooSlow from None
        finally:
            task.cancel()

    def close(self) -> None:
        """Ends all requests and the thread."""
        asyncio.run_coroutine_threadsafe(_wind_up(self._closers), self._loop).result(timeout=5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()


async def _pump(open_stream: Callable[[], AsyncIterator[T]], items: SimpleQueue[T | _End]) -> None:
    stream = open_stream()
    try:
        async for item in stream:
            items.put(item)
    except Exception as error:  # noqa: BLE001 - it is raised again in the thread that reads
        items.put(_End(error))
    else:
        items.put(_End())
    finally:
        close = getattr(stream, "aclose", None)
        if close is not None:
            await close()


async def _wind_up(closers: Sequence[Callable[[], Awaitable[None]]]) -> None:
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for close in closers:
        await close()
