"""What may be spent on models: by day and month, in total and by each person, in money and in questions.

What was spent stands in SQL, where all processes share it, and is read at most once a second. Answers under way count
with what an answer of the dearest model usually costs, so that many at once do not all slip through at the limit. What
may still be overspent: by how much those answers cost more than usual, and what other processes have under way.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal
from weakref import WeakKeyDictionary

from rag import settings
from rag.cancellation import Cancellation
from rag.models.prices import typical
from store import spending
from store.engine import Database, Unavailable
from store.records import Spent

Level = Literal["free", "near", "spent"]
STALE_S = 1.0
REMEMBERED = 2000  # people whose sums are kept at hand
EVERYONE = ""
# The limits of [budget], with what counts towards them.
OF_ALL = {f"{unit}_per_{span}": f"{unit}_{span}" for unit in ("usd", "questions") for span in ("day", "month")}
OF_EACH = {name.replace("_per_", "_per_person_"): counts for name, counts in OF_ALL.items()}
COUNTED = OF_ALL | OF_EACH
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """How a limit stands."""

    name: str  # as in [budget]
    allowed: float
    spent: float  # by all together; for a limit of each person, by who spent most
    people: int | None = None  # who have reached it, for a limit of each person


class Budget:
    """Knows what is left. Safe to use from many threads."""

    def __init__(
        self,
        database: Database,
        allowed: settings.Budget,
        models: Sequence[settings.Model],
        *,
        today: Callable[[], date] = spending.today,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._models = models
        self._today, self._clock = today, clock
        self._of_all = {name: limit for name, limit in allowed if name in OF_ALL and limit}
        self._of_each = {name: limit for name, limit in allowed if name in OF_EACH and limit}
        self._near = allowed.near
        self._lock = threading.Lock()
        self._known: dict[str, tuple[date, float, Spent]] = {}  # person, or everyone → when it was read, and what
        self._running: WeakKeyDictionary[Cancellation, str] = WeakKeyDictionary()  # answer → whose

    def level(self, person: str, answer: Cancellation) -> Level:
        """What may still be spent on an answer, known by its cancellation; unless nothing, it is under way now."""
        if not (self._of_all or self._of_each):
            return "free"
        with self._lock:
            share = max(self._shares(person, answer))
            if share < 1:
                self._running[answer] = person
        return "spent" if share >= 1 else "near" if share >= self._near else "free"

    def asked(self, person: str) -> None:
        """A question of this person was stored, and counted in its transaction."""
        self._grow(person, Spent(1, 1))

    def paid(self, person: str, answer: Cancellation, usd: float) -> None:
        """An answer's end was stored, and what it cost."""
        self._grow(person, Spent(0, 0, usd, usd))
        with self._lock:
            self._running.pop(answer, None)

    def states(self) -> list[Limit]:
        """How each limit that is set stands. Raises Unavailable."""
        with self._database.read() as session:
            total, each = spending.total(session, self._today()), spending.of_each(session, self._today())
        shared = [Limit(name, allowed, getattr(total, COUNTED[name])) for name, allowed in self._of_all.items()]
        return shared + [_of_each(name, allowed, each) for name, allowed in self._of_each.items()]

    def _shares(self, person: str, answer: Cancellation) -> Iterator[float]:
        """How much of each limit was used before this answer."""
        others = [whose for one, whose in self._running.items() if one is not answer]
        for limits, whom, running in (
            (self._of_all, EVERYONE, len(others)),
            (self._of_each, person, others.count(person)),
        ):
            if limits:
                usd = running * self._usual_usd
                used = self._spent(whom) + Spent(-1, -1, usd, usd)  # its own question is counted already
                yield from (getattr(used, COUNTED[name]) / allowed for name, allowed in limits.items())

    def _spent(self, whom: str) -> Spent:
        today, now = self._today(), self._clock()
        known = self._known.get(whom)
        if known and known[0] == today and now - known[1] < STALE_S:
            return known[2]
        try:
            with self._database.read() as session:
                spent = spending.of_person(session, whom, today) if whom else spending.total(session, today)
        except Unavailable:
            log.exception("What was spent cannot be read: the last known sum holds")
            return known[2] if known else Spent()
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[whom] = today, now, spent
        return spent

    def _grow(self, person: str, more: Spent) -> None:
        with self._lock:
            for whom in (EVERYONE, person):
                if known := self._known.get(whom):
                    self._known[whom] = known[0], known[1], known[2] + more

    @cached_property
    def _usual_usd(self) -> float:
        return max((typical(model) or 0.0 for model in self._models), default=0.0)


def _of_each(name: str, allowed: float, each: Sequence[Spent]) -> Limit:
    used = [getattr(one, COUNTED[name]) for one in each]
    return Limit(name, allowed, max(used, default=0), sum(one >= allowed for one in used))
