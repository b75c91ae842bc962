"""A guard that is asked under a time limit, in threads of its own: one that hangs holds up no other."""

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as OutOfTime

from guards.guard import Context, Guard
from guards.verdicts import Finding

AT_ONCE = 4
IN_LINE = 5  # a text may wait for its turn as long as so many time limits
log = logging.getLogger(__name__)


class Looking:
    """A text a guard is looking at."""

    def __init__(self, guard: "Timed", found: "Future[list[Finding]] | None", begun: threading.Event) -> None:
        self._guard, self._found, self._begun = guard, found, begun

    def result(self, limit_s: float) -> list[Finding] | None:
        """What was found, within this time from when the guard began; None: it is broken. Call it once."""
        if self._found is None or not self._begun.wait(IN_LINE * limit_s):
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
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix=f"guard-{guard.name}")
        self._late: Future[list[Finding]] | None = None

    def ask(self, text: str, context: Context) -> Looking:
        """Has the guard begin."""
        begun = threading.Event()
        late = self._late
        if late and not late.done():
            return Looking(self, None, begun)
        self._late = None

        def look() -> list[Finding]:
            begun.set()
            return list(self._guard.find(text, context))

        return Looking(self, self._threads.submit(look), begun)

    def leave_behind(self, looking: "Future[list[Finding]]") -> None:
        """Nobody waits for this one any more."""
        self._late = looking

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
