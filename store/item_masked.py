"""The words of items as those see them from whom personal data is hidden, to be searched by them.

A second full-text index beside that of `store/item_words.py`: whoever sees masks searches this one alone, so that no
list, number or file tells whether a hidden word is there. An item whose words changed is in none until they are masked
(rag/review/masked_words.py), and nor are the others of its conversation: what is a name in one is hidden in all.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, aliased

from store import items_due
from store.models import Feedback, Message, ReviewItem

_TAKE_OUT = text("DELETE FROM item_masked_fts WHERE rowid = :message_id")
_PUT = text("INSERT OR REPLACE INTO item_masked_fts(rowid, words) VALUES (:message_id, :words)")


def changed(session: Session, message_ids: Collection[int]) -> None:
    """The words of these items are others now: they, and what stands beside them, are found again once masked."""
    beside = _beside(session, message_ids)
    if beside:
        session.execute(_TAKE_OUT, [{"message_id": one} for one in beside])
        items_due.add(session, beside, "mask")


def put(session: Session, words: Mapping[int, str]) -> None:
    """Makes these the masked words of items."""
    if words:
        session.execute(_PUT, [{"message_id": message_id, "words": said} for message_id, said in words.items()])


def texts(session: Session, message_ids: Collection[int]) -> dict[int, tuple[str, Sequence[str]]]:
    """The conversation of each of these answers, and its texts: question, answer, comment, correction."""
    question, answer = aliased(Message), aliased(Message)
    query = (
        select(answer.id, answer.conversation_id, question.text, answer.text, Feedback.comment, Feedback.correction)
        .join(question, question.id == answer.reply_to)
        .outerjoin(Feedback, (Feedback.message_id == answer.id) & Feedback.current)
        .where(answer.id.in_(message_ids))
    )
    return {row[0]: (row[1], [one for one in row[2:] if one]) for row in session.execute(query)}


def beside(session: Session, message_ids: Collection[int]) -> dict[int, tuple[str, Sequence[str]]]:
    """These answers and the others of their conversations, with their texts."""
    return texts(session, _beside(session, message_ids))


def talks(session: Session, message_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """All that is said in the conversation of each of these answers, by its latest answers."""
    talk, known = texts(session, message_ids), beside(session, message_ids)
    return {
        one: tuple(text for other, said in known.values() if other == conversation for text in said)
        for one, (conversation, _) in talk.items()
    }


def _beside(session: Session, message_ids: Collection[int]) -> set[int]:
    """These items and the latest others of their conversations."""
    theirs = select(Message.conversation_id).where(Message.id.in_(message_ids))
    place = func.row_number().over(partition_by=Message.conversation_id, order_by=Message.id.desc()).label("place")
    ranked = (
        select(ReviewItem.message_id, place)
        .join(Message, Message.id == ReviewItem.message_id)
        .where(Message.conversation_id.in_(theirs))
        .subquery()
    )
    latest = select(ranked.c.message_id).where(ranked.c.place <= items_due.TOGETHER)
    return set(session.scalars(latest)) | set(message_ids)
