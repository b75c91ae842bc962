"""Demo data taken out again, some conversations at a time.

Whatever hangs on invented people goes with them. What does not is found by who made it, or by the conversation it is
about.
"""

from collections.abc import Sequence

from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.orm import Session

from store import item_words
from store.demo import PROMPT, people
from store.models import Conversation, DocumentTask, Message, Person, Prompt, ReviewItem, SavedFilter, Topic


def forget_tasks(session: Session) -> None:
    """Deletes the tasks and filters that invented people made, and the tasks that are about what they asked."""
    about = select(Message.id).join(Conversation, Conversation.id == Message.conversation_id)
    theirs = about.where(Conversation.person_id.in_(people()))
    session.execute(delete(DocumentTask).where(or_(DocumentTask.by.in_(people()), DocumentTask.message_id.in_(theirs))))
    session.execute(delete(SavedFilter).where(SavedFilter.by.in_(people())))


def forget_conversations(session: Session, limit: int) -> int:
    """Deletes some conversations of invented people with all that hangs on them; gives how many there were."""
    some = select(Conversation.id).where(Conversation.person_id.in_(people())).limit(limit)
    gone = list(session.scalars(some))
    if gone:
        session.execute(delete(Conversation).where(Conversation.id.in_(gone)))
        item_words.note_deleted(session)
    return len(gone)


def conversations(session: Session) -> int:
    """How many conversations of invented people there are."""
    theirs = select(func.count()).select_from(Conversation).where(Conversation.person_id.in_(people()))
    return session.scalar(theirs) or 0


def topics(session: Session) -> list[int]:
    """The topics that nobody but invented people asked about."""
    theirs = select(ReviewItem.topic_id).where(ReviewItem.person_id.in_(people()), ReviewItem.topic_id.is_not(None))
    others = exists().where(ReviewItem.topic_id == Topic.id, ReviewItem.person_id.not_in(people()))
    return list(session.scalars(select(Topic.id).where(Topic.id.in_(theirs), ~others)))


def end(session: Session, topic_ids: Sequence[int]) -> None:
    """Deletes the invented people themselves, their prompts, and these topics if nobody asks about them."""
    asked = exists().where(ReviewItem.topic_id == Topic.id)
    session.execute(delete(Topic).where(Topic.id.in_(topic_ids), ~asked))
    session.execute(delete(Prompt).where(Prompt.name == PROMPT))
    session.execute(delete(Person).where(Person.demo))
