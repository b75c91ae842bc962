"""Approved answers: the one text of an answer that a reviewer stands behind."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from store import history
from store.models import ApprovedAnswer, Message, now
from store.records import ApprovedRecord


def of(session: Session, message_id: int) -> ApprovedRecord | None:
    """What was approved as this answer's text."""
    row = session.get(ApprovedAnswer, message_id)
    return ApprovedRecord(row.message_id, row.text, row.by, row.created_at) if row else None


def put(session: Session, message_id: int, text: str, *, by: str, how: str) -> bool:
    """Approves this text, in place of the one before; `how` goes into the history. False: the answer is gone."""
    if session.get(Message, message_id) is None:
        return False
    history.note(session, message_id, by, "approved", how)
    row = session.get(ApprovedAnswer, message_id)
    if row is None:
        session.add(ApprovedAnswer(message_id=message_id, text=text, by=by))
    else:
        row.text, row.by, row.created_at = text, by, now()
    session.flush()
    return True


def take_back(session: Session, message_id: int, *, by: str) -> bool:
    """No text is approved any more; False when none was."""
    taken = session.execute(
        delete(ApprovedAnswer).where(ApprovedAnswer.message_id == message_id).returning(ApprovedAnswer.message_id)
    )
    if taken.first() is None:
        return False
    history.note(session, message_id, by, "approved", "taken back")
    return True
