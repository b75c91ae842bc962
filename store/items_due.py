"""Items that wait to be looked at again behind the pages: to have their words masked, or all of them made anew."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from store.models import Citation, ItemDue, ReviewItem, now

Due = Literal["mask", "refresh"]
TOGETHER = 20  # answers of one conversation that are masked together, the latest ones
_FALL_DUE = text("INSERT OR REPLACE INTO items_due (message_id, what, at) VALUES (:message_id, :what, :at)")


def add(session: Session, message_ids: Collection[int], what: Due) -> None:
    """These are to be looked at again, also if somebody is at it just now."""
    at = now().replace(tzinfo=None).isoformat(" ", "microseconds")
    if message_ids:
        session.execute(_FALL_DUE, [{"message_id": one, "what": what, "at": at} for one in message_ids])


def add_citing(session: Session, document_id: int) -> None:
    """Whatever cites this document is to be made anew, since the document was replaced."""
    citing = select(Citation.message_id).join(ReviewItem, ReviewItem.message_id == Citation.message_id)
    add(session, set(session.scalars(citing.where(Citation.document_id == document_id))), "refresh")


def some(session: Session, what: Due, limit: int) -> dict[int, datetime]:
    """Some that wait, the latest answers first, with the moment since when."""
    query = select(ItemDue.message_id, ItemDue.at).where(ItemDue.what == what)
    return {row[0]: row[1] for row in session.execute(query.order_by(ItemDue.message_id.desc()).limit(limit))}


def count(session: Session, what: Due) -> int:
    return session.scalar(select(func.count()).select_from(ItemDue).where(ItemDue.what == what)) or 0


def settle(session: Session, what: Due, seen: Mapping[int, datetime]) -> set[int]:
    """Takes off the list what came due when it was seen, and gives it; what came due again since stays."""
    query = select(ItemDue.message_id, ItemDue.at).where(ItemDue.what == what, ItemDue.message_id.in_(seen))
    same = {message_id for message_id, at in session.execute(query) if at == seen[message_id]}
    session.execute(delete(ItemDue).where(ItemDue.what == what, ItemDue.message_id.in_(same)))
    return same
