"""A guard that is asked under a time limit, in threads of its own: one that hangs holds up no other.

Nor does it keep the process from ending: the threads are daemons, which those of the standard library's pools are not.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as OutOfTime
from queue import Empty, SimpleQueue

from guards.guard import Context, Guard
from guards.verdicts import Finding

AT_ONCE = 4
IN_LINE = 5  # a text may wait for its turn as long as so many time limits
Found = list[Finding]
log = logging.getLogger(__name__)


class Ended(Exception):
    """A guard wanted to end the program, or its thread."""


class Looking:
    """A text a guard is looking at."""

    def __init__(self, guard: "Timed", found: "Future[Found] | None", begun: threading.Event) -> None:
        self._guard, self._found, self._begun = guard, found, begun

    def result(self, limit_s: float) -> Found | None:
        """What was found, within this time from when the guard began; None: it is broken. Call it once."""
        if self._found is None:
            return None
        if not self._begun.wait(IN_LINE * limit_s):
            self._found.cancel()
            return None
        try:
            return self._found.result(limit_s)
        except OutOfTime:
            log.warning("The guard %s took longer than %g s", self._guard.name, limit_s)
            self._guard.leave_behind(self._found)
        except Exception:  # guards may be of others' making
            log.exception("The guard %s failed", self._guard.name)
        return None


class Timed:
    """Asks one guard. While a text that took too long is still being looked at, no other is begun."""

    def __init__(self, guard: Guard) -> None:
        self.name = guard.name
        self._guard = guard
        self._threads = _Threads(f"guard-{guard.name}")
        self._late: Future[Found] | None = None

    def ask(self, text: str, context: Context) -> Looking:
        """Has the guard begin. Once it is closed, it is broken."""
        begun = threading.Event()
        late = self._late
        if late and not late.done():
            return Looking(self, None, begun)
        self._late = None

        def look() -> Found:
            begun.set()
            try:
                return list(self._guard.find(text, context))
            except (SystemExit, KeyboardInterrupt, GeneratorExit) as error:
                raise Ended(type(error).__name__) from error

        found = self._threads.submit(look)
        if found:
            found.add_done_callback(lambda _: begun.set())  # also when it is cancelled before it began
        return Looking(self, found, begun)

    def leave_behind(self, looking: "Future[Found]") -> None:
        """Nobody waits for this one any more."""
        self._late = looking

    def close(self) -> None:
        """Waits for nobody."""
        self._threads.close()


class _Threads:
    """A few threads, begun as they are needed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._waiting: SimpleQueue[tuple[Future[Found], Callable[[], Found]] | None] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._changing, self._begun, self._closed = threading.Lock(), 0, False

    def submit(self, look: Callable[[], Found]) -> "Future[Found] | None":
        """Has a thread do this; None when they are closed."""
        with self._changing:
            if self._closed:
                return None
            found: Future[Found] = Future()
            self._waiting.put((found, look))
            if not self._idle.acquire(blocking=False) and self._begun < AT_ONCE:
                self._begun += 1
                threading.Thread(target=self._work, name=f"{self._name}-{self._begun}", daemon=True).start()
            return found

    def close(self) -> None:
        """What waits is cancelled, what is being looked at is left behind."""
        with self._changing:
            self._closed = True
            try:
                while asked := self._waiting.get_nowait():
                    asked[0].cancel()
            except Empty:
                pass
            for _ in range(self._begun):
                self._waiting.put(None)

    def _work(self) -> None:
        while asked := self._waiting.get():
            _do(*asked)
            del asked  # or it would be kept as long as nothing else is asked
            self._idle.release()


def _do(found: "Future[Found]", look: Callable[[], Found]) -> None:
    if not found.set_running_or_notify_cancel():
        return
    try:
        found.set_result(look())
    except Exception as error:  # noqa: BLE001 - whatever a guard raises, for who waits
        found.set_exception(error)
