"""How well the app does: what is asked for by the Quality page, the digest and the command line."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from rag.counted import Counted
from store import quality as counts
from store.engine import Database
from store.quality import Key
from store.records import AnswerTally, Grouping, ItemFilter, VisitTally

DAYS = (7, 30, 90)
FRESH_S = 15.0  # how long what was counted is kept: of 100,000 answers it takes half a second
KEPT = 32
BUSY = 30  # answers a day, from which on a day is a point of its own, not only a week
LONGEST = 92  # days that are shown one by one
NONE = {"prompt": "no prompt", "writer": "no writer", "topic": "no topic yet"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days and what was counted on them; both are among them."""

    first: date
    last: date
    counted: Counted


@dataclass(frozen=True, slots=True)
class Group:
    """Answers with a prompt, writer, document or topic in common."""

    key: Key
    name: str
    counted: Counted


@dataclass(frozen=True, slots=True)
class Picture:
    """A period: all of it, along time, and the period as long before it."""

    whole: Counted
    along: tuple[Stretch, ...]
    before: Counted | None  # None: there is none, or nothing was asked in it


@dataclass(frozen=True, slots=True)
class Choices:
    """What answers can be narrowed to; documents and topics with their names."""

    prompts: list[str]
    writers: list[str]
    documents: list[tuple[int, str]]
    topics: list[tuple[int, str]]


class Quality:
    """Reads figures about answers. Safe to use from many threads; all methods raise Unavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._kept: dict[tuple[ItemFilter, Grouping], tuple[float, dict[Key, Counted]]] = {}
        self._choices: tuple[float, Choices] | None = None

    def picture(self, wanted: ItemFilter) -> Picture:
        """Of the days from `since` to `until`, narrowed to a writer, prompt, document or topic."""
        days = {day: one for day, one in self._counted(wanted, "day").items() if isinstance(day, date)}
        before = None
        if wanted.since:
            length = (wanted.until or today()) - wanted.since + timedelta(days=1)
            earlier = replace(wanted, since=wanted.since - length, until=wanted.since - timedelta(days=1))
            before = _sum(list(self._counted(earlier, "day").values()))
        return Picture(
            _sum(list(days.values())), _along(days, wanted), before if before and before.answers.answers else None
        )

    def groups(self, wanted: ItemFilter, by: Grouping) -> list[Group]:
        """Those with the most answers first."""
        found = self._counted(wanted, by)
        with self._database.read() as session:
            names = counts.names(session, by)
        groups = [Group(key, _name(key, by, names), one) for key, one in found.items()]
        return sorted(groups, key=lambda one: (-one.counted.answers.answers, one.name))

    def choices(self) -> Choices:
        """What there are answers of."""
        with self._lock:
            if self._choices is None or time.monotonic() - self._choices[0] > FRESH_S:
                with self._database.read() as session:
                    prompts, writers = counts.prompts_and_writers(session)
                    documents, topics = (_by_name(counts.names(session, by)) for by in ("document", "topic"))
                self._choices = time.monotonic(), Choices(prompts, writers, documents, topics)
            return self._choices[1]

    def _counted(self, wanted: ItemFilter, by: Grouping) -> dict[Key, Counted]:
        """What was read a moment ago, or reads it; by one thread at a time."""
        with self._lock:
            at, found = self._kept.get((wanted, by), (0.0, {}))
            if not at or time.monotonic() - at > FRESH_S:
                found = self._read(wanted, by)
                self._kept[wanted, by] = (time.monotonic(), found)
                while len(self._kept) > KEPT:
                    self._kept.pop(next(iter(self._kept)))
        return found

    def _read(self, wanted: ItemFilter, by: Grouping) -> dict[Key, Counted]:
        """By document, times, signals and visits are left out: an answer counts for each document it cites. By topic,
        visits are: in one visit people ask about many things."""
        with self._database.read() as session:
            answers = counts.answers(session, wanted, by)
            if by == "document":
                return {key: Counted(one, None) for key, one in answers.items()}
            signals = counts.signals(session, wanted, by)
            first = counts.times(session, wanted, by, "first_ms")
            total = counts.times(session, wanted, by, "total_ms")
            visits = counts.visits(session, wanted, by) if by != "topic" else {}
        return {
            key: Counted(
                answers.get(key, AnswerTally()),
                visits.get(key, VisitTally()) if by != "topic" else None,
                Counter(signals.get(key, {})),
                Counter(first.get(key, {})),
                Counter(total.get(key, {})),
                (answers[key].cost,) if by == "day" and key in answers else (),
            )
            for key in {**answers, **visits}
        }


def today() -> date:
    """As days are counted everywhere: UTC."""
    return datetime.now(UTC).date()


def last(days: int) -> ItemFilter:
    """The last days, today among them; 0: all there are."""
    return ItemFilter(since=today() - timedelta(days=days - 1)) if days else ItemFilter()


def _sum(parts: list[Counted]) -> Counted:
    whole = Counted()
    for part in parts:
        whole += part
    return whole


def _by_name(names: dict[int, str]) -> list[tuple[int, str]]:
    return sorted(names.items(), key=lambda one: one[1])


def _name(key: Key, by: Grouping, names: dict[int, str]) -> str:
    if key is None or key == "":
        return NONE.get(by, "none")
    if not isinstance(key, int):
        return str(key)
    return names.get(key, f"deleted {by} {key}")


def _along(days: dict[date, Counted], wanted: ItemFilter) -> tuple[Stretch, ...]:
    """By days where there is much to count, else by weeks from Monday on; those with nothing in between, too."""
    if not days:
        return ()
    begin, end = wanted.since or min(days), wanted.until or max(days)
    length = (end - begin).days + 1
    busy = sum(one.answers.answers for one in days.values()) >= BUSY * length
    step = 1 if length <= DAYS[0] or (busy and length <= LONGEST) else 7
    found: list[Stretch] = []
    day = begin if step == 1 else begin - timedelta(days=begin.weekday())
    while day <= end:
        within = [days[at] for at in (day + timedelta(days=n) for n in range(step)) if at in days]
        found.append(Stretch(max(day, begin), min(day + timedelta(days=step - 1), end), _sum(within)))
        day += timedelta(days=step)
    return tuple(found)
