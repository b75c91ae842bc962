"""What answers and visits come to: counts by day, prompt, writer, document, topic or stretch of days.

All of it reads the narrow rows of `review_items`, `item_facets` and `visits`. SQLite knows no percentiles: times are
counted in steps, as in store/call_statistics.py.
"""

from collections import defaultdict
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, func, select
from sqlalchemy.orm import Session, aliased

from store import quality_cuts, quality_readers
from store.models import Document, ItemFacet, ReviewItem, Topic, Visit, now
from store.quality_cuts import Group, Key
from store.records import AnswerTally, Cut, Grouping, ItemFilter, Spreads, Steps, VisitTally
from store.visits import RETURN

__all__ = ["STEP_MS", "Group", "Key", "Time"]

Time = Literal["first_ms", "total_ms"]
STEP_MS: dict[Time, int] = {"first_ms": 20, "total_ms": 50}  # finer ones make more groups, which takes longer


def answers(session: Session, wanted: ItemFilter, cut: Cut) -> dict[Key, AnswerTally]:
    """Counts of the answers of each group."""
    query, keys = quality_cuts.answers(wanted, cut)
    rows = session.execute(query.add_columns(*_sums()).group_by(*keys))
    return {quality_cuts.key(row[: len(keys)], cut): AnswerTally(*row[len(keys) :]) for row in rows}


def answers_of_readers(session: Session, wanted: ItemFilter, cut: Cut) -> dict[Key, tuple[AnswerTally, Spreads]]:
    """The same, and how they spread over readers, by what is counted (quality_readers.SHARES)."""
    query, keys = quality_cuts.answers(wanted, cut)
    found = quality_readers.summed(session, query, keys, ReviewItem.person_id, _sums(), quality_readers.SHARES)
    return {quality_cuts.key(at, cut): (AnswerTally(*sums), spreads) for at, sums, spreads in found}


def visits_of_readers(session: Session, wanted: ItemFilter, cut: Cut) -> dict[Key, tuple[VisitTally, Spreads]]:
    """The same of visits (quality_readers.VISITS)."""
    query, keys = quality_cuts.visits(wanted, cut)
    found = quality_readers.summed(session, query, keys, Visit.person_id, _sums_of_visits(), quality_readers.VISITS)
    return {quality_cuts.key(at, cut): (VisitTally(*sums), spreads) for at, sums, spreads in found}


def visits(session: Session, wanted: ItemFilter, cut: Cut) -> dict[Key, VisitTally]:
    """Counts of the visits with an answer of each group, whole visits; by day, of those that began on it."""
    query, keys = quality_cuts.visits(wanted, cut)
    rows = session.execute(query.add_columns(*_sums_of_visits()).group_by(*keys))
    return {quality_cuts.key(row[: len(keys)], cut): VisitTally(*row[len(keys) :]) for row in rows}


def signals(session: Session, wanted: ItemFilter, cut: Cut) -> dict[Key, dict[str, int]]:
    """How many answers of each group there are with each kind of signal."""
    query, keys = quality_cuts.answers(wanted, cut)
    signal = aliased(ItemFacet)
    mine = (signal.message_id == ReviewItem.message_id) & quality_cuts.of(signal.kind, "signal")
    counted = query.add_columns(signal.label, func.count()).join(signal, mine)
    found: dict[Key, dict[str, int]] = defaultdict(dict)
    for *at, kind, count in session.execute(counted.group_by(*keys, signal.label)):
        found[quality_cuts.key(at, cut)][kind] = count
    return dict(found)


def times(session: Session, wanted: ItemFilter, cut: Cut, time: Time) -> dict[Key, Steps]:
    """How many answers of each group took so long, in steps of STEP_MS."""
    query, keys = quality_cuts.answers(wanted, cut)
    column = getattr(ReviewItem, time)
    step = cast(column / STEP_MS[time], Integer)
    counted = query.add_columns(step, func.count()).where(column.is_not(None)).group_by(*keys, step)
    found: dict[Key, Steps] = defaultdict(dict)
    for *at, number, count in session.execute(counted):
        found[quality_cuts.key(at, cut)][number] = count
    return dict(found)


def daily_costs(session: Session, wanted: ItemFilter, cut: Cut) -> dict[Key, list[float]]:
    """What each day cost on which something of the group was asked."""
    query, keys = quality_cuts.answers(wanted, cut)
    cost = func.sum(func.coalesce(ReviewItem.cost_usd, 0.0))
    found: dict[Key, list[float]] = defaultdict(list)
    for *at, usd in session.execute(query.add_columns(cost).group_by(*keys, ReviewItem.day)):
        found[quality_cuts.key(at, cut)].append(usd)
    return dict(found)


def names(session: Session, by: Grouping) -> dict[int, str]:
    """What the documents that are cited, or the topics, are called, by their id."""
    if by == "document":
        cited = select(ItemFacet.label).where(ItemFacet.kind == "document").distinct()
        query = select(Document.id, Document.title).where(cast(Document.id, String).in_(cited))
    elif by == "topic":
        query = select(Topic.id, Topic.label)
    else:
        return {}
    return {key: name for key, name in session.execute(query)}  # noqa: C416 (of rows, dict() is not understood by mypy)


def prompts_and_writers(session: Session) -> tuple[list[str], list[str]]:
    """Those that answers have, by name."""
    columns = ReviewItem.prompt, ReviewItem.writer
    prompts, writers = (session.scalars(select(column).distinct()) for column in columns)
    return sorted(one for one in prompts if one), sorted(one for one in writers if one)


def begun(session: Session, wanted: ItemFilter) -> dict[str, date]:
    """The day on which each prompt version gave its first answer, of the days that are wanted, in their order."""
    first = func.min(ReviewItem.day)
    query = select(ReviewItem.prompt, first).where(ReviewItem.prompt != "").group_by(ReviewItem.prompt)
    if wanted.since:
        query = query.having(first >= wanted.since)
    if wanted.until:
        query = query.having(first <= wanted.until)
    return {prompt: day for prompt, day in session.execute(query.order_by(first, ReviewItem.prompt))}  # noqa: C416


def _sums() -> list[ColumnElement[Any]]:
    """In the order of AnswerTally's fields, by their names."""
    item, count = ReviewItem, func.count()
    cost = func.coalesce(item.cost_usd, 0.0)
    return [
        count.label("answers"),
        count.filter(item.rating > 0).label("up"),
        count.filter(item.rating < 0).label("down"),
        count.filter(item.corrected).label("corrected"),
        count.filter(item.resolved).label("resolved"),
        func.count(item.support).label("looked_at"),
        count.filter(item.support == "unsupported").label("unsupported"),
        func.sum(item.sentences).label("sentences"),
        func.sum(item.supported).label("supported"),
        *(count.filter(item.state == state).label(state) for state in ("not_found", "refused", "failed")),
        func.count(item.cost_usd).label("priced"),
        func.count(item.cost_usd).filter(item.resolved).label("priced_resolved"),
        func.sum(cost).label("cost"),
        func.sum(cost * cost).label("cost_squares"),
        func.sum(case((item.resolved, cost), else_=0.0)).label("cost_resolved"),
    ]


def _sums_of_visits() -> list[ColumnElement[Any]]:
    """In the order of VisitTally's fields, by their names."""
    old = Visit.last_at <= now() - RETURN
    return [
        func.count().label("visits"),
        func.sum(Visit.questions).label("questions"),
        func.sum(Visit.questions * Visit.questions).label("squares"),
        func.count().filter(old).label("old_enough"),
        func.count().filter(and_(old, Visit.returned)).label("returned"),
    ]
