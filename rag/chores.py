"""Chores: what is done again and again behind the pages, by one thread, each at its own pace."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from store.engine import Unavailable

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something done every so often. Done twice it does no harm; it looks at `closing` where it takes long."""

    name: str
    every_s: float
    do: Callable[[threading.Event], object]


class Chores:
    """Does chores until it is closed. One that fails is tried again in its time and keeps no other from being done."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self._due = {chore.name: 0.0 for chore in chores}
        self._chores = chores
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def names(self) -> list[str]:
        """What is done, in order."""
        return [chore.name for chore in self._chores]

    def start(self, *, after_s: float = 0) -> None:
        """Begins, after some time; once is enough."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, args=(after_s,), name="chores", daemon=True)
            self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread:
            self._thread.join(timeout=5)

    def do_due(self) -> float:
        """Does what is due; gives the seconds until the next one is."""
        for chore in self._chores:
            if self._closing.is_set() or time.monotonic() < self._due[chore.name]:
                continue
            try:
                chore.do(self._closing)
            except Unavailable as trouble:
                log.warning("The chore %s waits for its next turn: %s", chore.name, trouble)
            except Exception:  # a bug in one must not end the others
                log.exception("The chore %s failed", chore.name)
            self._due[chore.name] = time.monotonic() + chore.every_s
        return max(0.0, min(self._due.values(), default=60.0) - time.monotonic())

    def _run(self, after_s: float) -> None:
        wait = after_s
        while not self._closing.wait(wait):
            wait = self.do_due()
