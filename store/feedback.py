"""Feedback: one current rating a person and answer, everything before it kept."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import cast

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store import items
from store.models import Citation, Conversation, Feedback, Message
from store.records import ChangeRecord, FeedbackRecord, Rating, WrongSourceRecord


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
            diff=[asdict(one) for one in feedback.diff],
            sources=[one.stored() for one in feedback.sources],
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


def text_of(session: Session, message_id: int) -> str:
    """The words of an answer; none when it is gone."""
    return session.scalar(select(Message.text).where(Message.id == message_id)) or ""


def footnote(session: Session, message_id: int, citation_id: int) -> WrongSourceRecord | None:
    """A footnote of this answer, to be called wrong; None when it has no such one."""
    row = session.get(Citation, citation_id)
    if row is None or row.message_id != message_id:
        return None
    return WrongSourceRecord(row.number, row.id, row.quote)


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
        diff=tuple(ChangeRecord(**one) for one in row.diff),
        sources=tuple(WrongSourceRecord.read(one) for one in row.sources),
    )
