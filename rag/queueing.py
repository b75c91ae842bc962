"""Whose turn it is: so many answers side by side, so many of one person, and a fair queue for the rest.

People take turns, whoever came first begins; of one person the oldest question goes first. Somebody with ten questions
holds up a newcomer by one answer, not by ten.

QueueFull       more wait than may; nothing was taken in
"""

import threading
from collections import Counter, deque
from collections.abc import Iterator
from itertools import chain, zip_longest
from typing import Generic, Protocol, TypeVar


class QueueFull(Exception):
    """As many wait as may."""


class Waiting(Protocol):
    """What stands in the queue."""

    @property
    def person(self) -> str: ...
    def move(self, place: int) -> None:
        """Tells it its place: 1 is next, 0 says that it does not wait any more. Must not call back."""


T = TypeVar("T", bound=Waiting)


class Turns(Generic[T]):
    """Gives out turns. Safe to use from many threads."""

    def __init__(self, *, at_once: int, each: int, waiting: int) -> None:
        self._at_once, self._each, self._most = at_once, each, waiting
        self._lock = threading.Lock()
        self._queues: dict[str, deque[T]] = {}  # by person, in the order in which they take turns
        self._running: Counter[str] = Counter()

    @property
    def running(self) -> int:
        return self.load()[0]

    @property
    def waiting(self) -> int:
        return self.load()[1]

    def load(self) -> tuple[int, int]:
        """How many run, and how many wait, at one moment."""
        with self._lock:
            return self._running.total(), self._waiting()

    def check(self, person: str) -> None:
        """Raises QueueFull when this person's next question would have to wait and cannot."""
        with self._lock:
            full = self._waiting() >= self._most
            if full and (self._waiting() or not self._may_begin(person)):
                raise QueueFull

    def join(self, one: T) -> None:
        """Takes it in, at the end of its person's questions. `next` is to be called then."""
        with self._lock:
            self._queues.setdefault(one.person, deque()).append(one)

    def next(self) -> T | None:
        """Whose turn it is now; from then on it runs. None: nobody's, and all who wait know their places."""
        with self._lock:
            person = next((person for person in self._queues if self._may_begin(person)), None)
            if person is None:
                self._tell_places()
                return None
            queue = self._queues.pop(person)
            one = queue.popleft()
            if queue:
                self._queues[person] = queue  # at the end: the others first
            self._running[person] += 1
            one.move(0)
            return one

    def leave(self, one: T) -> bool:
        """Takes it out of the queue; False when it does not stand there."""
        with self._lock:
            queue = self._queues.get(one.person)
            if queue is None or one not in queue:
                return False
            queue.remove(one)
            if not queue:
                del self._queues[one.person]
            one.move(0)
            self._tell_places()
            return True

    def done(self, one: T) -> None:
        """It has run. `next` is to be called then."""
        with self._lock:
            self._running[one.person] -= 1
            if not self._running[one.person]:
                del self._running[one.person]

    def _may_begin(self, person: str) -> bool:
        return self._running.total() < self._at_once and self._running[person] < self._each

    def _waiting(self) -> int:
        return sum(map(len, self._queues.values()))

    def _tell_places(self) -> None:
        for place, one in enumerate(self._in_order(), start=1):
            one.move(place)

    def _in_order(self) -> Iterator[T]:
        """Those who wait, as if nobody's own limit held: one question of each person, then the second of each."""
        rounds = zip_longest(*self._queues.values())
        return (one for one in chain.from_iterable(rounds) if one is not None)
