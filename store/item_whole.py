"""An item with all that is known about it, whoever asked."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import answers, conversations, inbox, item_events
from store.models import Message, ReviewItem, Signal, Topic
from store.records.inbox import ItemRecord, SignalRecord


def load(session: Session, message_id: int) -> ItemRecord | None:
    """The item of an answer; None when it is gone."""
    item = session.get(ReviewItem, message_id)
    message = session.get(Message, message_id)
    rows = inbox.rows(session, [message_id])
    if item is None or message is None or not rows:
        return None
    trace = answers.trace(session, message_id)
    asked = conversations.questions(session, item.person_id, message.conversation_id)
    if trace:  # of an answer that is supported throughout, a conversation leaves it out
        asked = tuple(
            replace(
                one, answers=tuple(replace(a, support=trace.support) if a.id == message_id else a for a in one.answers)
            )
            for one in asked
        )
    return ItemRecord(
        row=rows[0],
        conversation_id=message.conversation_id,
        person=item.person_id,
        asked=asked,
        trace=trace,
        topic=session.scalar(select(Topic.label).where(Topic.id == item.topic_id)),
        signals=_signals(session, message_id),
        events=tuple(item_events.history(session, message_id)),
    )


def conversations_of(session: Session, message_ids: list[int]) -> dict[int, str]:
    """The conversation each of these answers stands in."""
    query = select(Message.id, Message.conversation_id).where(Message.id.in_(message_ids))
    return {row[0]: row[1] for row in session.execute(query)}


def _signals(session: Session, message_id: int) -> tuple[SignalRecord, ...]:
    rows = session.scalars(select(Signal).where(Signal.message_id == message_id).order_by(Signal.first_at))
    return tuple(SignalRecord(row.kind, row.count, row.detail) for row in rows)
