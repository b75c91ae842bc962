"""The history of an item: who did what with an answer, written in the transaction that does it."""

from sqlalchemy.orm import Session

from store import people
from store.models import Message, ReviewEvent


def note(session: Session, message_id: int | None, by: str | None, kind: str, detail: str = "") -> None:
    """Adds a line to the history of an answer; of one that is gone there is none. `by` is known from then on."""
    if by is not None:
        people.remember(session, by)
    if message_id is not None and session.get(Message, message_id) is not None:
        session.add(ReviewEvent(message_id=message_id, actor=by, kind=kind, detail=detail))
