"""How the server ends: answers first, connections after them.

A server that hears a signal closes its connections at once, before anything in the app is told: readers would not see
their answers end. So the app hears the signal first. It takes no new questions, lets running answers end, and then
asks the server to stop; a second signal does not wait for them, a third goes to the server as it is.
"""

import asyncio
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)
SEEN_S = 1.5  # so that pages draw the ends of answers before their connection goes
log = logging.getLogger(__name__)


@contextmanager
def answers_first(drain: Callable[[], bool], hurry: Callable[[], None]) -> Iterator[None]:
    """Inside, a signal to end has `drain` called before the server hears of it, and a second one `hurry`.

    `drain` returns when nothing is being written any more, and says whether anything was. Enter it in the event loop.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears signals
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in SIGNALS}
    ending = _Ending(drain, hurry, before)

    def hear(number: int, _: FrameType | None) -> None:
        loop.call_soon_threadsafe(ending.hear, number)

    for number in SIGNALS:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Ending:
    """What was heard so far."""

    def __init__(self, drain: Callable[[], bool], hurry: Callable[[], None], before: dict[signal.Signals, Any]) -> None:
        self._drain = drain
        self._hurry = hurry
        self._before = before
        self._hurried = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def hear(self, number: int) -> None:
        if self._task is None:
            log.info("Ending: running answers may end first; a second signal does not wait for them")
            self._task = asyncio.create_task(self._end(number))
        elif not self._hurried.is_set():
            self._hurried.set()
            asyncio.get_running_loop().run_in_executor(None, self._hurry)
        else:
            self._pass_on(number)

    async def _end(self, number: int) -> None:
        try:
            if await asyncio.to_thread(self._drain):
                await asyncio.wait_for(self._hurried.wait(), SEEN_S)
        except TimeoutError:
            pass  # nobody was in a hurry
        finally:
            self._pass_on(number)

    def _pass_on(self, number: int) -> None:
        handler = self._before[signal.Signals(number)]
        server: Any = getattr(handler, "__self__", None)
        if getattr(server, "should_exit", True) is False:
            # uvicorn's own way to be asked. Its handler would raise the signal anew at the end: the process would seem
            # killed instead of ended well.
            server.should_exit = True
        elif callable(handler):
            handler(number, None)
