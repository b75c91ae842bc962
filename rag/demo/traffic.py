"""When invented readers come: by months that grow, by weekday and hour, some of them often and most of them seldom."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from store.visits import GAP, RETURN

WEEKDAYS = (1.0, 1.1, 1.05, 1.0, 0.8, 0.12, 0.08)  # from Monday
HOURS = (0, 0, 0, 0, 0, 0, 1, 4, 9, 12, 12, 10, 6, 9, 11, 10, 8, 5, 2, 1, 1, 1, 0, 0)  # UTC
QUESTIONS = (40, 27, 16, 9, 5, 3)  # how many visits have one question, two, …
GROWTH = (0.6, 1.4)  # of the mean, on the first day and on the last
EACH = 75  # answers of one person, in the mean
FEWEST = 40  # people
LONGEST = timedelta(minutes=45)  # of a visit


@dataclass(slots=True)
class Coming:
    """One visit to be: who comes when, and how much they ask."""

    person: int  # a number from 0, the most frequent first
    start: datetime
    questions: int
    returned: bool = False


def people(answers: int) -> int:
    """How many there are behind so many answers."""
    return max(FEWEST, answers // EACH)


def comings(random: Random, answers: int, days: int, now: datetime) -> list[Coming]:
    """Visits of the days until now with so many questions in all, in their order."""
    taken: dict[int, list[datetime]] = defaultdict(list)
    moments, who = _Moments(random, days, now), _People(random, people(answers))
    found = []
    while answers > 0:
        count = min(answers, random.choices(range(1, len(QUESTIONS) + 1), QUESTIONS)[0])
        for person, start in zip(who, moments, strict=False):
            if _is_free(taken[person], start):
                break
        insort(taken[person], start)
        found.append(Coming(person, start, count))
        answers -= count
    found.sort(key=lambda one: one.start)
    latest: dict[int, Coming] = {}
    for one in found:
        if before := latest.get(one.person):
            before.returned = one.start - before.start <= RETURN
        latest[one.person] = one
    return found


class _Moments:
    """Moments when somebody comes, without end."""

    def __init__(self, random: Random, days: int, now: datetime) -> None:
        self._random, self._now = random, now
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        self._days = [midnight - timedelta(days=days - 1 - at) for at in range(days)]
        low, high = GROWTH
        self._weights = list(
            accumulate(
                (low + (high - low) * at / days) * WEEKDAYS[day.weekday()] * random.uniform(0.8, 1.2)
                for at, day in enumerate(self._days)
            )
        )

    def __iter__(self) -> Iterator[datetime]:
        draw = self._random
        while True:
            day = draw.choices(self._days, cum_weights=self._weights)[0]
            hour = draw.choices(range(24), HOURS)[0]
            moment = day + timedelta(hours=hour, seconds=draw.randrange(3600))
            if moment < self._now - LONGEST:
                yield moment


class _People:
    """Who comes, without end: the first of them ten times as often as the last."""

    def __init__(self, random: Random, count: int) -> None:
        self._random, self._people = random, range(count)
        self._weights = list(accumulate(1 / (at + count / 9) for at in range(count)))

    def __iter__(self) -> Iterator[int]:
        while True:
            yield self._random.choices(self._people, cum_weights=self._weights)[0]


def _is_free(taken: list[datetime], start: datetime) -> bool:
    """Whether another visit of this person may begin then, without becoming one with the others."""
    room = LONGEST + GAP
    at = bisect_left(taken, start - room)
    return at == len(taken) or taken[at] > start + room
