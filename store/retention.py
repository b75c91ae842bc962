"""Conversations that have become too old: found and deleted, some at a time."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store import audit, item_words, tasks
from store.models import Conversation

ACTOR, ACT = "retention", "deleted"


def forget_before(session: Session, moment: datetime, limit: int) -> int:
    """Deletes some conversations without a question since then, with all that was said about them; gives how many.

    Their people stay, as does what these spent. The audit log gets an entry with the number, and nothing else.
    """
    query = select(Conversation.id).where(Conversation.updated_at < moment).limit(limit)
    gone = list(session.scalars(query))
    if gone:
        tasks.forget_quotes(session, gone)
        session.execute(delete(Conversation).where(Conversation.id.in_(gone)))
        audit.add(session, ACTOR, ACT, detail=f"{len(gone)} old conversations")
        item_words.note_deleted(session)
    return len(gone)
