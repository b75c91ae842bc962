"""Stretches of days, which are the points of charts along time: days where there is much to count, else weeks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.counted import Counted
from store.records import Cut, ItemFilter

BUSY = 30  # answers a day, from which on a day is a point of its own, not only a week
LONGEST = 92  # days that are shown one by one
WEEK = 7


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days and what was counted on them; both are among them."""

    first: date
    last: date
    counted: Counted


def along(days: Mapping[date, Counted], wanted: ItemFilter) -> tuple[Stretch, ...]:
    """By days where there is much to count, else by weeks from Monday on; those with nothing in between, too."""
    if not days:
        return ()
    begin, end = wanted.since or min(days), wanted.until or max(days)
    length = (end - begin).days + 1
    busy = sum(one.answers.answers for one in days.values()) >= BUSY * length
    step = 1 if length <= WEEK or (busy and length <= LONGEST) else WEEK
    found: list[Stretch] = []
    day = begin if step == 1 else begin - timedelta(days=begin.weekday())
    while day <= end:
        within = [days[at] for at in (day + timedelta(days=n) for n in range(step)) if at in days]
        found.append(Stretch(max(day, begin), min(day + timedelta(days=step - 1), end), total(within)))
        day += timedelta(days=step)
    return tuple(found)


def cut(found: Sequence[Stretch]) -> Cut:
    """What cuts answers into these."""
    return Cut(ends=tuple(one.last for one in found))


def total(parts: Iterable[Counted]) -> Counted:
    whole = Counted()
    for part in parts:
        whole += part
    return whole
