"""What answers and visits come to: counts by day, prompt, writer, document or topic.

All of it reads the narrow rows of `review_items`, `item_facets` and `visits`. SQLite knows no percentiles: times are
counted in steps, as in store/call_statistics.py.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Integer, Select, String, Subquery, and_, case, cast, func, select
from sqlalchemy.orm import Session, aliased

from store.inbox import fitting
from store.models import Document, ItemFacet, ReviewItem, Topic, Visit, now
from store.records import AnswerTally, Grouping, ItemFilter, Steps, VisitTally
from store.visits import RETURN

Key = date | str | int | None  # of a group; None: its answers have none
Time = Literal["first_ms", "total_ms"]
STEP_MS: dict[Time, int] = {"first_ms": 20, "total_ms": 50}  # finer ones make more groups, which takes longer


def answers(session: Session, wanted: ItemFilter, by: Grouping) -> dict[Key, AnswerTally]:
    """Counts of the answers of each group."""
    query, key = _grouped(wanted, by)
    return {
        _key(row[0], by): AnswerTally(*row[1:]) for row in session.execute(query.add_columns(*_sums()).group_by(key))
    }


def signals(session: Session, wanted: ItemFilter, by: Grouping) -> dict[Key, dict[str, int]]:
    """How many answers of each group there are with each kind of signal."""
    query, key = _grouped(wanted, by)
    signal = aliased(ItemFacet)
    mine = (signal.message_id == ReviewItem.message_id) & _is(signal.kind, "signal")
    counted = query.add_columns(signal.label, func.count()).join(signal, mine)
    found: dict[Key, dict[str, int]] = defaultdict(dict)
    for group, kind, count in session.execute(counted.group_by(key, signal.label)):
        found[_key(group, by)][kind] = count
    return dict(found)


def times(session: Session, wanted: ItemFilter, by: Grouping, time: Time) -> dict[Key, Steps]:
    """How many answers of each group took so long, in steps of STEP_MS."""
    query, key = _grouped(wanted, by)
    column = getattr(ReviewItem, time)
    step = cast(column / STEP_MS[time], Integer)
    counted = query.add_columns(step, func.count()).where(column.is_not(None)).group_by(key, step)
    found: dict[Key, Steps] = defaultdict(dict)
    for group, at, count in session.execute(counted):
        found[_key(group, by)][at] = count
    return dict(found)


def visits(session: Session, wanted: ItemFilter, by: Grouping) -> dict[Key, VisitTally]:
    """Counts of the visits with an answer of each group, whole visits; by day, of those that began on it."""
    if by == "day" and not _narrows(wanted):
        key: Any = Visit.day
        query: Select[Any] = select(key).where(*_stretch(Visit.day, wanted))
    else:
        among = _visits_of(wanted, by)
        key = Visit.day if by == "day" else among.c.key
        query = select(key).select_from(among).join(Visit, Visit.id == among.c.visit_id)
    old = Visit.last_at <= now() - RETURN
    sums = (
        func.count(),
        func.sum(Visit.questions),
        func.sum(Visit.questions * Visit.questions),
        func.count().filter(old),
        func.count().filter(and_(old, Visit.returned)),
    )
    return {_key(row[0], by): VisitTally(*row[1:]) for row in session.execute(query.add_columns(*sums).group_by(key))}


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


def _grouped(wanted: ItemFilter, by: Grouping) -> tuple[Select[Any], ColumnElement[Any]]:
    if by == "document":
        mine = (ItemFacet.message_id == ReviewItem.message_id) & _is(ItemFacet.kind, "document")
        label: Any = ItemFacet.label
        query: Select[Any] = select(label).select_from(ReviewItem).join(ItemFacet, mine)
        return query.where(*fitting(wanted)), label
    columns = {"day": ReviewItem.day, "prompt": ReviewItem.prompt, "writer": ReviewItem.writer}
    key: ColumnElement[Any] = columns.get(by, ReviewItem.topic_id)  # type: ignore[assignment]
    return select(key).where(*fitting(wanted)), key


def _is(kind: Any, wanted: str) -> ColumnElement[bool]:
    """The kind of a facet, in a way that no index is chosen for: that would read the facets of all days there are."""
    return func.coalesce(kind, "") == wanted


def _key(group: Any, by: Grouping) -> Key:
    return int(group) if by == "document" else group  # a facet's label is a word


def _visits_of(wanted: ItemFilter, by: Grouping) -> Subquery:
    """The visits of each group's answers, each once; by day, of all answers."""
    if by == "day":
        return select(ReviewItem.visit_id).where(*fitting(wanted)).distinct().subquery()
    query, key = _grouped(wanted, by)
    return query.with_only_columns(key.label("key"), ReviewItem.visit_id).distinct().subquery()


def _sums() -> tuple[ColumnElement[Any], ...]:
    """In the order of AnswerTally's fields."""
    item, count = ReviewItem, func.count()
    cost = func.coalesce(item.cost_usd, 0.0)
    return (
        count,
        count.filter(item.rating > 0),
        count.filter(item.rating < 0),
        count.filter(item.corrected),
        count.filter(item.resolved),
        func.count(item.support),
        count.filter(item.support == "unsupported"),
        func.sum(item.sentences),
        func.sum(item.supported),
        *(count.filter(item.state == state) for state in ("not_found", "refused", "failed")),
        func.count(item.cost_usd),
        func.count(item.cost_usd).filter(item.resolved),
        func.sum(cost),
        func.sum(cost * cost),
        func.sum(case((item.resolved, cost), else_=0.0)),
    )


def _narrows(wanted: ItemFilter) -> bool:
    return replace(wanted, since=None, until=None) != ItemFilter()


def _stretch(day: Any, wanted: ItemFilter) -> list[ColumnElement[bool]]:
    begin = [day >= wanted.since] if wanted.since else []
    return begin + ([day <= wanted.until] if wanted.until else [])
