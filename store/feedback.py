"""Feedback: one current rating a person and answer, everything before it kept."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store import items
from store.models import Conversation, Feedback, Message
from store.records import FeedbackRecord, Rating


def current_by_answer(session: Session, person_id: str, message_ids: Sequence[int]) -> dict[int, FeedbackRecord]:
    """This person's feedback on each of these answers, where there is any."""
    rows = session.scalars(
        select(Feedback).where(Feedback.message_id.in_(message_ids), Feedback.person_id == person_id, Feedback.current)
    )
    return {row.message_id: _record(row) for row in rows}


def give(session: Session, person_id: str, message_id: int, feedback: FeedbackRecord) -> None:
    """Makes this the person's current feedback on an answer; what stood before is kept as history."""
    before = update(Feedback).where(
        Feedback.message_id == message_id, Feedback.person_id == person_id, Feedback.current
    )
    session.execute(before.values(current=False))
    session.add(
        Feedback(
            message_id=message_id,
            person_id=person_id,
            rating=feedback.rating,
            reasons=list(feedback.reasons),
            comment=feedback.comment,
            correction=feedback.correction,
        )
    )
    items.refresh(session, [message_id])


def correction_of(session: Session, message_id: int) -> str | None:
    """The latest correction of an answer, whoever gave it."""
    query = (
        select(Feedback.correction)
        .where(Feedback.message_id == message_id, Feedback.current, Feedback.correction.is_not(None))
        .order_by(Feedback.id.desc())
    )
    return session.scalar(query.limit(1))


def is_own_answer(session: Session, person_id: str, message_id: int) -> bool:
    """Whether this answer stands in a conversation of this person."""
    query = (
        select(Message.id)
        .join(Conversation, Message.conversation_id == Conversation.id)
        .where(Message.id == message_id, Message.role == "answer", Conversation.person_id == person_id)
    )
    return session.scalar(query) is not None


def _record(row: Feedback) -> FeedbackRecord:
    return FeedbackRecord(
        rating=cast(Rating, row.rating),
        reasons=tuple(row.reasons),
        comment=row.comment,
        correction=row.correction,
        created_at=row.created_at,
    )
