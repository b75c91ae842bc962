"""The items of the inbox: one narrow row an answer, with the facets and words it is found by.

All but an item's status, assignee, topic and tags is derived from what is stored about the answer, and is written anew
by `refresh` in the transaction that changes that. So it can be made again at any time: `missing` finds what has none.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.orm import Session, aliased

from store import item_words
from store.item_columns import derived
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
from store.records import BROKEN

BATCH = 500


def refresh(session: Session, message_ids: Iterable[int]) -> None:
    """Writes the items of these answers anew; answers being written, and those that are gone, have none."""
    ids = list(message_ids)
    for begin in range(0, len(ids), BATCH):
        _refresh(session, ids[begin : begin + BATCH])


def missing(session: Session, limit: int) -> list[int]:
    """Answers without an item: those of an earlier version of this app, and those cut off by a crash."""
    item = exists().where(ReviewItem.message_id == Message.id)
    query = select(Message.id).where(Message.role == "answer", Message.state != "writing", ~item)
    return list(session.scalars(query.order_by(Message.id).limit(limit)))


def _refresh(session: Session, ids: Sequence[int]) -> None:
    session.flush()
    said, facets = _feedback(session, ids), _facets(session, ids)
    appealed = set(
        session.scalars(
            select(GuardReview.message_id).where(GuardReview.message_id.in_(ids), GuardReview.kind == "appeal")
        )
    )
    rows, words = [], {}
    for answer, question, person_id, trace, visit_id in _answers(session, ids):
        feedback = said.get(answer.id)
        row = derived(answer, feedback, trace, facets[answer.id], appealed=answer.id in appealed)
        rows.append(row | {"message_id": answer.id, "person_id": person_id, "visit_id": visit_id})
        told = (feedback.comment, feedback.correction) if feedback else ()
        words[answer.id] = "\n".join(part for part in (question, answer.text, *told) if part)
    _keep(session, rows)
    _keep_facets(session, {row["message_id"]: facets[row["message_id"]] for row in rows})
    item_words.put(session, words)


def _answers(session: Session, ids: Sequence[int]) -> list[Any]:
    question = aliased(Message)
    visit = (
        select(Visit.id)
        .where(Visit.person_id == Conversation.person_id, Visit.started_at <= Message.created_at)
        .order_by(Visit.started_at.desc())
        .limit(1)
        .correlate(Conversation, Message)
        .scalar_subquery()
    )
    query = (
        select(Message, question.text, Conversation.person_id, Trace, visit)
        .join(question, question.id == Message.reply_to)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(Trace, Trace.message_id == Message.id)
        .where(Message.id.in_(ids), Message.state != "writing")
    )
    return list(session.execute(query))


def _feedback(session: Session, ids: Sequence[int]) -> dict[int, Feedback]:
    current = select(Feedback).where(Feedback.message_id.in_(ids), Feedback.current).order_by(Feedback.id)
    return {row.message_id: row for row in session.scalars(current)}


def _facets(session: Session, ids: Sequence[int]) -> dict[int, set[tuple[str, str]]]:
    """Kind and label of all that is derived."""
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    acted = (GuardFinding.action != "allow") & (GuardFinding.what != BROKEN)
    for kind, message_id, label, condition in (
        ("signal", Signal.message_id, Signal.kind, None),
        ("guard", GuardFinding.message_id, GuardFinding.guard, acted),
        ("document", Citation.message_id, Citation.document_id, Citation.document_id.is_not(None)),
        ("conflict", SourceConflict.message_id, SourceConflict.kind, None),
    ):
        query = select(message_id, label).where(message_id.in_(ids)).distinct()
        for answer_id, one in session.execute(query if condition is None else query.where(condition)):
            found[answer_id or 0].add((kind, str(one)))
    for answer_id, feedback in _feedback(session, ids).items():
        found[answer_id] |= {("reason", str(reason)) for reason in feedback.reasons}
    return found


def _keep(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    ids = [row["message_id"] for row in rows]
    there = set(session.scalars(select(ReviewItem.message_id).where(ReviewItem.message_id.in_(ids))))
    if changed := [row for row in rows if row["message_id"] in there]:
        session.execute(update(ReviewItem), changed)
    if new := [row | {"status": "new"} for row in rows if row["message_id"] not in there]:
        session.execute(insert(ReviewItem), new)


def _keep_facets(session: Session, facets: dict[int, set[tuple[str, str]]]) -> None:
    session.execute(delete(ItemFacet).where(ItemFacet.message_id.in_(facets), ItemFacet.kind != "tag"))
    rows = [
        {"message_id": message_id, "kind": kind, "label": label}
        for message_id, found in facets.items()
        for kind, label in sorted(found)
    ]
    if rows:
        session.execute(insert(ItemFacet), rows)
