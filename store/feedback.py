"""Feedback: one current rating a person and answer, everything before it kept."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import cast

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store import item_events, items
from store.models import Citation, Conversation, Feedback, Message
from store.records import ChangeRecord, FeedbackRecord, Rating, WrongSourceRecord


def current_by_answer(session: Session, person_id: str, message_ids: Sequence[int]) -> dict[int, FeedbackRecord]:
    """This person's feedback on each of these answers, where there is any."""
    rows = session.scalars(
        select(Feedback).where(Feedback.message_id.in_(message_ids), Feedback.person_id == person_id, Feedback.current)
    )
    return {row.message_id: _record(row) for row in rows}


def give(session: Session, person_id: str, message_id: int, feedback: FeedbackRecord) -> None:
    """Makes this the person's current feedback on an answer; what stood before is kept as history.

    What they had not said before brings an item back that was closed already.
    """
    before = current_by_answer(session, person_id, [message_id]).get(message_id)
    theirs = (Feedback.message_id == message_id, Feedback.person_id == person_id, Feedback.current)
    session.execute(update(Feedback).where(*theirs).values(current=False))
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
    if more := _more(before, feedback):
        item_events.reopen(session, message_id, more)


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


def _more(before: FeedbackRecord | None, after: FeedbackRecord) -> str:
    """What somebody says now that asks for another look, and did not before; "" when nothing does."""
    if after.correction and (before is None or after.correction != before.correction):
        return "corrected it"
    if after.rating < 0 and (before is None or before.rating >= 0):
        return "rated it down"
    if after.sources and (before is None or set(after.sources) - set(before.sources)):
        return "called a source wrong"
    if after.comment and after.rating <= 0 and (before is None or after.comment != before.comment):
        return "wrote about it"
    return ""


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
