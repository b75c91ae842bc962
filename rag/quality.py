"""How well the app does: what is asked for by the Quality page, the digest and the command line."""

import threading
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar, cast

from rag import counting, stretches
from rag.counted import Counted
from rag.stretches import Stretch
from store import quality as counts
from store.engine import Database
from store.quality import Key
from store.records import Cut, Grouping, ItemFilter

__all__ = ["DAYS", "Choices", "Group", "Key", "Line", "Picture", "Quality", "last", "today"]

DAYS = (7, 30, 90)
FRESH_S = 15.0  # how long what was counted is kept: of 100,000 answers it takes half a second
KEPT = 32
Parts = tuple[counting.Part, ...]
LINES = 4  # that can be told apart, besides that of all others
OTHERS = "others"
GROUPED: Parts = ("signals", "first", "total", "visits")  # of a group, days tell little
NONE = {"prompt": "no prompt", "writer": "no writer", "topic": "no topic yet"}


@dataclass(frozen=True, slots=True)
class Group:
    """Answers with a prompt, writer, document or topic in common."""

    key: Key
    name: str
    counted: Counted


@dataclass(frozen=True, slots=True)
class Line:
    """Answers with something in common, along time; those of the key None are all others."""

    key: Key
    name: str
    along: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A period: all of it, along time, and the period as long before it."""

    whole: Counted
    along: tuple[Stretch, ...]
    before: Counted | None  # None: there is none, or nothing was asked in it
    begun: dict[str, date]  # prompt versions, with the day of their first answer


@dataclass(frozen=True, slots=True)
class Choices:
    """What answers can be narrowed to; documents and topics with their names."""

    prompts: list[str]
    writers: list[str]
    documents: list[tuple[int, str]]
    topics: list[tuple[int, str]]


T = TypeVar("T")


class Quality:
    """Reads figures about answers. Safe to use from many threads; all methods raise Unavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._kept: dict[Hashable, tuple[float, Any]] = {}
        self._choices: tuple[float, Choices] | None = None

    def picture(self, wanted: ItemFilter, *, signals: bool = True) -> Picture:
        """Of the days from `since` to `until`, narrowed to a writer, prompt, document or topic.

        Without signals it takes two thirds of the time, and nothing may be said of them.
        """
        return self._fresh(("picture", wanted, signals), lambda: self._picture(wanted, signals=signals))

    def groups(self, wanted: ItemFilter, by: Grouping) -> list[Group]:
        """Those with the most answers first. By document, an answer counts for each document it cites."""
        found = self._fresh((wanted, by), lambda: counting.by_group(self._database, wanted, Cut(by), GROUPED))
        with self._database.read() as session:
            names = counts.names(session, by)
        groups = [Group(key, _name(key, by, names), one) for key, one in found.items()]
        return sorted(groups, key=lambda one: (-one.counted.answers.answers, one.name))

    def lines(self, wanted: ItemFilter, by: Grouping, parts: Parts) -> list[Line]:
        """The groups with the most answers, and all others, along time; besides answers these parts are counted."""
        along = self.picture(wanted, signals=False).along
        return self._fresh((wanted, by, parts), lambda: self._lines(wanted, by, parts, along))

    def choices(self) -> Choices:
        """What there are answers of."""
        with self._lock:
            if self._choices is None or time.monotonic() - self._choices[0] > FRESH_S:
                with self._database.read() as session:
                    prompts, writers = counts.prompts_and_writers(session)
                    documents, topics = (_by_name(counts.names(session, by)) for by in ("document", "topic"))
                self._choices = time.monotonic(), Choices(prompts, writers, documents, topics)
            return self._choices[1]

    def _fresh(self, key: Hashable, read: Callable[[], T]) -> T:
        """What was read a moment ago, or reads it; by one thread at a time."""
        with self._lock:
            at, found = self._kept.get(key, (0.0, None))
            if not at or time.monotonic() - at > FRESH_S:
                found = read()
                self._kept[key] = (time.monotonic(), found)
                while len(self._kept) > KEPT:
                    self._kept.pop(next(iter(self._kept)))
        return cast(T, found)

    def _picture(self, wanted: ItemFilter, *, signals: bool) -> Picture:
        days = counting.by_day(self._database, wanted, signals=signals)
        along = stretches.along(days, wanted)
        before = None
        if wanted.since:
            length = (wanted.until or today()) - wanted.since + timedelta(days=1)
            earlier = replace(wanted, since=wanted.since - length, until=wanted.since - timedelta(days=1))
            parts = counting.EVERY if signals else counting.QUIET
            before = counting.by_group(self._database, earlier, Cut(), parts).get(None)
        with self._database.read() as session:
            begun = counts.begun(session, wanted)
        if not along:
            return Picture(Counted(), (), before, begun)
        whole = counting.spreads(self._database, wanted, Cut(), signals=signals).get(None, {})
        spread = counting.spreads(self._database, wanted, stretches.cut(along), signals=signals)
        return Picture(
            replace(stretches.total(days.values()), spreads=whole),
            tuple(
                replace(one, counted=replace(one.counted, spreads=spread.get((at, None), {})))
                for at, one in enumerate(along)
            ),
            before if before and before.answers.answers else None,
            begun,
        )

    def _lines(self, wanted: ItemFilter, by: Grouping, parts: Parts, along: Sequence[Stretch]) -> list[Line]:
        with self._database.read() as session:
            sizes = counts.answers(session, wanted, Cut(by))
            names = counts.names(session, by)
        groups = [key for key in sizes if isinstance(key, (str, int)) and key != ""]
        kept = tuple(sorted(groups, key=lambda key: -sizes[key].answers)[:LINES])
        if not kept or not along:
            return []
        counted = counting.by_group(self._database, wanted, replace(stretches.cut(along), by=by, kept=kept), parts)
        others = [None] if by != "document" and len(sizes) > len(kept) else []  # an answer may cite several documents
        return [
            Line(
                key,
                OTHERS if key is None else _name(key, by, names),
                tuple(replace(one, counted=counted.get((at, key), Counted())) for at, one in enumerate(along)),
            )
            for key in (*kept, *others)
        ]


def today() -> date:
    """As days are counted everywhere: UTC."""
    return datetime.now(UTC).date()


def last(days: int) -> ItemFilter:
    """The last days, today among them; 0: all there are."""
    return ItemFilter(since=today() - timedelta(days=days - 1)) if days else ItemFilter()


def _by_name(names: dict[int, str]) -> list[tuple[int, str]]:
    return sorted(names.items(), key=lambda one: one[1])


def _name(key: Key, by: Grouping, names: dict[int, str]) -> str:
    if key is None or key == "":
        return NONE.get(by, "none")
    if not isinstance(key, int):
        return str(key)
    return names.get(key, f"deleted {by} {key}")
