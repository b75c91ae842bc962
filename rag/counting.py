"""Counts answers: by days, which can be added up, and by groups, with how the votes of each spread over readers."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Literal

from rag.counted import Counted
from store import quality as counts
from store import quality_readers
from store.engine import Database
from store.models.visits import SIGNALS
from store.quality import Key
from store.records import AnswerTally, Cut, ItemFilter, Spread, Spreads, VisitTally

Part = Literal["signals", "first", "total", "visits", "daily"]
EVERY: tuple[Part, ...] = ("signals", "first", "total", "visits", "daily")
QUIET: tuple[Part, ...] = ("first", "total", "visits", "daily")


def by_day(database: Database, wanted: ItemFilter, *, signals: bool = True) -> dict[date, Counted]:
    """Each day's counts; signals are a query of their own. Raises Unavailable."""
    cut = Cut("day")
    with database.read() as session:
        answers = counts.answers(session, wanted, cut)
        with_signal = counts.signals(session, wanted, cut) if signals else {}
        first = counts.times(session, wanted, cut, "first_ms")
        total = counts.times(session, wanted, cut, "total_ms")
        visits = counts.visits(session, wanted, cut)
    return {
        day: Counted(
            answers.get(day, AnswerTally()),
            visits.get(day, VisitTally()),
            Counter(with_signal.get(day, {})),
            Counter(first.get(day, {})),
            Counter(total.get(day, {})),
            (answers[day].cost,) if day in answers else (),
        )
        for day in {**answers, **visits}
        if isinstance(day, date)
    }


def by_group(database: Database, wanted: ItemFilter, cut: Cut, parts: Collection[Part] = EVERY) -> dict[Key, Counted]:
    """Each group's counts and spreads; of what is not among the parts nothing is counted. Raises Unavailable."""
    with database.read() as session:
        answers = counts.answers_of_readers(session, wanted, cut)
        visits = counts.visits_of_readers(session, wanted, cut) if "visits" in parts else {}
        with_signal = counts.signals(session, wanted, cut) if "signals" in parts else {}
        acted = quality_readers.signals(session, wanted, cut) if "signals" in parts else {}
        first = counts.times(session, wanted, cut, "first_ms") if "first" in parts else {}
        total = counts.times(session, wanted, cut, "total_ms") if "total" in parts else {}
        daily = counts.daily_costs(session, wanted, cut) if "daily" in parts else {}
    return {
        key: Counted(
            answers[key][0] if key in answers else AnswerTally(),
            visits[key][0] if key in visits else VisitTally(),
            Counter(with_signal.get(key, {})),
            Counter(first.get(key, {})),
            Counter(total.get(key, {})),
            tuple(daily.get(key, ())),
            _joined(answers.get(key), visits.get(key), acted.get(key, {})),
        )
        for key in {**answers, **visits}
    }


def spreads(database: Database, wanted: ItemFilter, cut: Cut, *, signals: bool = True) -> dict[Key, Spreads]:
    """How the votes of each group spread over readers; signals take as long as all else. Raises Unavailable."""
    with database.read() as session:
        answers = counts.answers_of_readers(session, wanted, cut)
        visits = counts.visits_of_readers(session, wanted, cut)
        acted = quality_readers.signals(session, wanted, cut) if signals else {}
    return {key: _joined(answers.get(key), visits.get(key), acted.get(key, {})) for key in {**answers, **visits}}


def _joined(
    answers: tuple[Any, Spreads] | None, visits: tuple[Any, Spreads] | None, acted: Mapping[str, tuple[float, float]]
) -> Spreads:
    found = dict(answers[1]) if answers else {}
    if answers:
        of_answers = found["resolved"]
        found |= {kind: Spread(*of_answers[:2], *acted.get(kind, (0.0, 0.0))) for kind in _kinds(acted)}
    return found | (visits[1] if visits else {})


def _kinds(acted: Iterable[str]) -> set[str]:
    """Also those that nobody did."""
    return {*SIGNALS, *acted}
