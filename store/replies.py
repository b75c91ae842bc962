"""Replies: what reviewers tell the people who reported something."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from store import items, people
from store.models import Conversation, Message, Reply, ReviewEvent, now
from store.records import ReplyRecord

EVENT = "reply"  # in an item's history


def add(session: Session, message_id: int, text: str, by: str) -> bool:
    """Keeps a reply to the reader of this answer; gives False when there is no such answer any more."""
    answer = session.get(Message, message_id)
    if answer is None or answer.role != "answer":
        return False
    people.remember(session, by)
    session.add(Reply(message_id=message_id, text=text, by=by))
    session.add(ReviewEvent(message_id=message_id, actor=by, kind=EVENT))
    items.refresh(session, [message_id])
    return True


def of_conversation(session: Session, person_id: str, conversation_id: str) -> dict[int, tuple[ReplyRecord, ...]]:
    """The replies to each answer of a person's own conversation, the first one first."""
    return _by_answer(session, _own(person_id).where(Message.conversation_id == conversation_id))


def of_answers(session: Session, message_ids: Collection[int]) -> dict[int, tuple[ReplyRecord, ...]]:
    """The replies to each of these answers, whoever asked."""
    return _by_answer(session, select(Reply).where(Reply.message_id.in_(message_ids)))


def unread(session: Session, person_id: str) -> dict[str, int]:
    """How many replies this person has not seen, by conversation, the latest reply's first."""
    query = (
        select(Conversation.id, func.count().label("replies"))
        .join(Message, Message.conversation_id == Conversation.id)
        .join(Reply, Reply.message_id == Message.id)
        .where(Conversation.person_id == person_id, Reply.seen_at.is_(None))
        .group_by(Conversation.id)
        .order_by(func.max(Reply.id).desc())
    )
    return {row.id: row.replies for row in session.execute(query)}


def seen(session: Session, person_id: str, message_ids: Collection[int]) -> None:
    """Notes that a person has now seen the replies to these answers, those of their own."""
    own = _own(person_id).where(Reply.message_id.in_(message_ids)).with_only_columns(Reply.id)
    session.execute(update(Reply).where(Reply.id.in_(own), Reply.seen_at.is_(None)).values(seen_at=now()))


def _own(person_id: str) -> Select[Reply]:
    return (
        select(Reply)
        .join(Message, Message.id == Reply.message_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.person_id == person_id)
    )


def _by_answer(session: Session, query: Select[Reply]) -> dict[int, tuple[ReplyRecord, ...]]:
    found: dict[int, list[ReplyRecord]] = defaultdict(list)
    for row in session.scalars(query.order_by(Reply.id)):
        found[row.message_id].append(ReplyRecord(row.id, row.message_id, row.text, row.by, row.created_at, row.seen_at))
    return {message_id: tuple(replies) for message_id, replies in found.items()}
