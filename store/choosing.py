"""Which answers could teach: what tells good ones and bad ones. Never those of invented people."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from store.inbox import fitting
from store.models import ApprovedAnswer, ItemFacet, Judgement, Message, Person, ReviewItem
from store.records import ItemFilter, TrainingBy


class Choice(NamedTuple):
    """What tells good answers."""

    by: TrainingBy
    judge: str = ""  # whose verdicts count, where one's do


def candidates(
    query: Select[Any], wanted: ItemFilter, choice: Choice, *, pairs: bool, since: datetime | None
) -> Select[Any]:
    query = of_people(query, wanted, since)
    if not pairs:
        return query.where(_well(ReviewItem, choice))
    return query.where(ReviewItem.state == "answered", _has_better(choice))


def of_people(query: Select[Any], wanted: ItemFilter, since: datetime | None) -> Select[Any]:
    """The answers that fit and were given to real people; `since`: none that are older."""
    query = query.select_from(ReviewItem).join(Person, Person.id == ReviewItem.person_id)
    query = query.where(~Person.demo, *fitting(wanted))
    return query.where(ReviewItem.created_at >= since) if since else query


def _well(item: Any, choice: Choice) -> ColumnElement[bool]:
    """Whether an answer did well."""
    match choice.by:
        case "approval":
            return exists().where(ApprovedAnswer.message_id == item.message_id)
        case "rating":
            return and_(item.state.in_(("answered", "not_found")), item.rating == 1, ~item.corrected)
        case "checks":
            told = and_(item.support == "supported", ~_found(item))
        case "judge":
            told = _judged(item, choice.judge, Judgement.faithful & Judgement.useful)
    return and_(item.state == "answered", item.rating >= 0, ~item.corrected, told)


def _ill(item: Any, choice: Choice) -> ColumnElement[bool]:
    """Whether an answer did badly, beside one to the same question that did well."""
    if choice.by == "judge":
        return _judged(item, choice.judge, ~(Judgement.faithful & Judgement.useful))
    return item.rating == -1 if choice.by == "rating" else or_(item.support.in_(("weak", "unsupported")), _found(item))


def _judged(item: Any, judge: str, verdict: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Judgement.message_id == item.message_id, Judgement.judge == judge, verdict)


def _found(item: Any) -> ColumnElement[bool]:
    """Whether guards found something, or sources disagree."""
    return exists().where(ItemFacet.message_id == item.message_id, ItemFacet.kind.in_(("guard", "conflict")))


def _has_better(choice: Choice) -> ColumnElement[bool]:
    if choice.by == "approval":
        return exists().where(
            ApprovedAnswer.message_id == ReviewItem.message_id,
            Message.id == ReviewItem.message_id,
            ApprovedAnswer.text != Message.text,
        )
    other, mine, its = aliased(ReviewItem), aliased(Message), aliased(Message)
    sibling = exists().where(
        mine.id == ReviewItem.message_id,
        its.reply_to == mine.reply_to,
        other.message_id == its.id,
        other.state == "answered",
        _well(other, choice),
    )
    again = and_(_ill(ReviewItem, choice), sibling)
    return or_(ReviewItem.corrected, again) if choice.by == "rating" else again


def better(session: Session, ids: Sequence[int], choice: Choice) -> dict[int, int]:
    """The latest answer to the same question that did well, by the one that did not."""
    if choice.by == "approval":
        return {}
    mine, its = aliased(Message), aliased(Message)
    query = (
        select(mine.id, func.max(ReviewItem.message_id))
        .join(its, its.reply_to == mine.reply_to)
        .join(ReviewItem, ReviewItem.message_id == its.id)
        .where(mine.id.in_(ids), ReviewItem.state == "answered", _well(ReviewItem, choice))
        .group_by(mine.id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
