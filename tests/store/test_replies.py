"""Replies: read by the reader they are for, and by nobody else."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store import answers, conversations, replies
from store.engine import Database
from store.models import Reply, ReviewEvent, ReviewItem
from tests.store.asking import ANA, BEN, asked, finished, trace

CAI = "cai"


def replied(session: Session, person: str = ANA) -> tuple[str, int]:
    """A conversation with an answer that a reviewer replied to."""
    conversation_id, _, answer_id = asked(session, person=person)
    answers.finish(session, answer_id, finished(), trace(id=f"t{answer_id}"))
    assert replies.add(session, answer_id, "It is mended.", CAI)
    return conversation_id, answer_id


def test_a_reply_stands_under_its_answer_and_in_its_history(database: Database) -> None:
    with database.write() as session:
        conversation_id, answer_id = replied(session)
        replies.add(session, answer_id, "Thank you.", CAI)
        found = replies.of_conversation(session, ANA, conversation_id)
        assert [one.text for one in found[answer_id]] == ["It is mended.", "Thank you."]
        events = session.execute(select(ReviewEvent.message_id, ReviewEvent.actor, ReviewEvent.kind)).all()
        assert [tuple(one) for one in events] == [(answer_id, CAI, "reply")] * 2
        assert replies.of_answers(session, [answer_id]) == found


def test_a_reply_changes_the_item(database: Database) -> None:
    with database.write() as session:
        _, answer_id = replied(session)
        before = session.get_one(ReviewItem, answer_id).changed_at
        replies.add(session, answer_id, "Thank you.", CAI)
        session.expire_all()
        assert session.get_one(ReviewItem, answer_id).changed_at > before


def test_what_was_not_seen_is_counted_by_conversation_the_latest_first(database: Database) -> None:
    with database.write() as session:
        (first, first_answer), (second, _), _ = replied(session), replied(session), replied(session, BEN)
        assert list(replies.unread(session, ANA).items()) == [(second, 1), (first, 1)]
        replies.add(session, first_answer, "Thank you.", CAI)
        assert list(replies.unread(session, ANA).items()) == [(first, 2), (second, 1)]
        replies.seen(session, ANA, [first_answer])
        assert replies.unread(session, ANA) == {second: 1}


def test_nobody_reads_or_puts_away_somebody_elses_replies(database: Database) -> None:
    with database.write() as session:
        conversation_id, answer_id = replied(session)
        replies.seen(session, BEN, [answer_id])
        assert replies.of_conversation(session, BEN, conversation_id) == {}
        assert replies.unread(session, ANA) == {conversation_id: 1}


def test_a_question_cannot_be_replied_to_and_a_deleted_answer_takes_its_replies_along(database: Database) -> None:
    with database.write() as session:
        conversation_id, answer_id = replied(session)
        assert not replies.add(session, answer_id - 1, "Hello?", CAI)
        conversations.forget(session, ANA, conversation_id)
        assert session.scalar(select(func.count()).select_from(Reply)) == 0
        assert not replies.add(session, answer_id, "Hello?", CAI)
