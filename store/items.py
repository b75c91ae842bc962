"""The items of the inbox: one narrow row an answer, with the facets and words it is found by.

All but an item's status, assignee, topic and tags is derived from what is stored about the answer, and is written anew
by `refresh` in the transaction that changes that. So it can be made again at any time: `missing` finds what has none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, String, cast, delete, exists, func, insert, literal, select, union_all, update
from sqlalchemy.orm import Session, aliased

from store import conflicts, item_words
from store.item_columns import APPEALED, OUTDATED, derived
from store.models import (
    Citation,
    Conversation,
    Feedback,
    GuardFinding,
    GuardReview,
    ItemFacet,
    Message,
    ReviewItem,
    Signal,
    SourceConflict,
    Trace,
    Visit,
)
from store.models.reviewing import FACETS
from store.records import BROKEN

BATCH = 500
Facet = tuple[str, str]  # kind and label


def refresh(session: Session, message_ids: Iterable[int]) -> None:
    """Writes the items of these answers anew; answers being written, and those that are gone, have none."""
    ids = list(message_ids)
    for begin in range(0, len(ids), BATCH):
        _refresh(session, ids[begin : begin + BATCH])


def missing(session: Session, limit: int, *, since: int = 0) -> list[int]:
    """Ended answers without an item, from this id on: of an earlier version of this app, or cut off by a crash."""
    query = _lacking(since).where(Message.state != "writing").order_by(Message.id).limit(limit)
    return list(session.scalars(query))


def whole_before(session: Session, *, since: int) -> int:
    """The lowest id from this one on whose answer has no item, such as one being written, or that no answer has yet.

    Answers of lower ids stay as they are: whoever has looked at them need not look again. Ids are never given twice.
    """
    lacking = session.scalar(_lacking(since).order_by(Message.id).limit(1))
    return lacking or max(since, (session.scalar(select(func.max(Message.id))) or 0) + 1)


def _lacking(since: int) -> Select[int]:
    item = exists().where(ReviewItem.message_id == Message.id)
    return select(Message.id).where(Message.role == "answer", Message.id >= since, ~item)


def _refresh(session: Session, ids: Sequence[int]) -> None:
    session.flush()
    said = _feedback(session, ids)
    facets = _facets(session, ids, said)
    old, new, words = [], [], {}
    for answer, question, person_id, trace, visit_id, item_id, topic_id in _answers(session, ids):
        feedback = said.get(answer.id)
        row = derived(answer, feedback, trace, facets[answer.id])
        row |= {"message_id": answer.id, "person_id": person_id, "visit_id": visit_id}
        if item_id is None:
            new.append(row | {"status": "new", "topic_id": topic_id})
        else:
            old.append(row)
        told = (feedback.comment, feedback.correction) if feedback else ()
        words[answer.id] = "\n".join(part for part in (question, answer.text, *told) if part)
    if old:
        session.execute(update(ReviewItem), old)
    if new:
        session.execute(insert(ReviewItem), new)
    _keep_facets(session, {one: facets[one] for one in words}, {row["message_id"] for row in old})
    item_words.put(session, words)


def _answers(session: Session, ids: Sequence[int]) -> list[Any]:
    """Each answer with its question's text, person, trace, visit, the id of its item if it has one, and the topic that
    earlier answers to its question belong to: in one statement, since each costs more than what it reads."""
    question, other, others_item = aliased(Message), aliased(Message), aliased(ReviewItem)
    visit = (
        select(Visit.id)
        .where(Visit.person_id == Conversation.person_id, Visit.started_at <= Message.created_at)
        .order_by(Visit.started_at.desc())
        .limit(1)
        .correlate(Conversation, Message)
        .scalar_subquery()
    )
    topic = (
        select(func.max(others_item.topic_id))
        .join(other, other.id == others_item.message_id)
        .where(other.reply_to == Message.reply_to)
        .correlate(Message)
        .scalar_subquery()
    )
    query = (
        select(Message, question.text, Conversation.person_id, Trace, visit, ReviewItem.message_id, topic)
        .join(question, question.id == Message.reply_to)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(Trace, Trace.message_id == Message.id)
        .outerjoin(ReviewItem, ReviewItem.message_id == Message.id)
        .where(Message.id.in_(ids), Message.state != "writing")
    )
    return list(session.execute(query))


def _feedback(session: Session, ids: Sequence[int]) -> dict[int, Feedback]:
    current = select(Feedback).where(Feedback.message_id.in_(ids), Feedback.current).order_by(Feedback.id)
    return {row.message_id: row for row in session.scalars(current)}


def _facets(session: Session, ids: Sequence[int], said: Mapping[int, Feedback]) -> dict[int, set[Facet]]:
    """Kind and label of all that is derived."""
    acted = (GuardFinding.action != "allow") & (GuardFinding.what != BROKEN)
    there = Citation.document_id.is_not(None)
    query = union_all(
        _labels("signal", Signal.message_id, Signal.kind, ids),
        _labels("guard", GuardFinding.message_id, GuardFinding.guard, ids).where(acted),
        _labels("document", Citation.message_id, cast(Citation.document_id, String), ids).where(there),
        _labels("conflict", SourceConflict.message_id, SourceConflict.kind, ids),
        conflicts.replaced(literal("conflict"), Citation.message_id, literal(OUTDATED), message_ids=ids).distinct(),
        _labels(APPEALED, GuardReview.message_id, literal(""), ids).where(GuardReview.kind == "appeal"),
    )
    found: dict[int, set[Facet]] = defaultdict(set)
    for kind, answer_id, label in session.execute(query):
        found[answer_id].add((kind, label))
    for answer_id, feedback in said.items():
        found[answer_id] |= {("reason", str(reason)) for reason in feedback.reasons}
    return found


def _labels(kind: str, message_id: Any, label: Any, ids: Sequence[int]) -> Select[Any]:
    return select(literal(kind), message_id, label).where(message_id.in_(ids))


def _keep_facets(session: Session, facets: Mapping[int, set[Facet]], there: set[int]) -> None:
    if there:
        session.execute(delete(ItemFacet).where(ItemFacet.message_id.in_(there), ItemFacet.kind != "tag"))
    rows = [
        {"message_id": message_id, "kind": kind, "label": label}
        for message_id, found in facets.items()
        for kind, label in sorted(found)
        if kind in FACETS
    ]
    if rows:
        session.execute(insert(ItemFacet), rows)
