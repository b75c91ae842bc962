"""The inbox's items: derived from what is stored about an answer, in the same transaction."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import answers, conversations, feedback, items, reviews
from store.engine import Database
from store.item_columns import WORTH
from store.item_words import holding
from store.models import ItemFacet, ReviewItem, Signal, Topic, now
from store.records import FeedbackRecord, FindingRecord, Rating, SupportRecord
from tests.store.asking import ANA, asked, finished, trace


def said(rating: Rating = 0, *, reasons: tuple[str, ...] = (), correction: str | None = None) -> FeedbackRecord:
    return FeedbackRecord(rating, reasons, "", correction, now())


def item(session: Session, answer_id: int) -> ReviewItem:
    session.expire_all()
    return session.get_one(ReviewItem, answer_id)


def found(session: Session, *words: str) -> list[int]:
    having = ReviewItem.message_id.in_(holding(words, masked=False))
    return list(session.scalars(select(ReviewItem.message_id).where(having)))


def test_an_answer_that_ended_has_an_item(database: Database) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
        assert session.get(ReviewItem, answer_id) is None
        answers.finish(session, answer_id, finished(), trace())
        one = item(session, answer_id)
        assert (one.person_id, one.state, one.status, one.rating, one.worth) == (ANA, "answered", "new", 0, 0)
        assert one.resolved


def test_what_a_reader_says_counts_at_once_and_is_taken_back(database: Database) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
        answers.finish(session, answer_id, finished(), trace())
        feedback.give(session, ANA, answer_id, said(-1, reasons=("Wrong",), correction="Until ten."))
        one = item(session, answer_id)
        assert (one.rating, one.corrected, one.resolved) == (-1, True, False)
        assert one.worth == WORTH["rated_down"] + WORTH["corrected"]
        assert set(session.execute(select(ItemFacet.kind, ItemFacet.label)).all()) == {("reason", "Wrong")}
        feedback.give(session, ANA, answer_id, said())
        assert (item(session, answer_id).worth, session.scalars(select(ItemFacet)).all()) == (0, [])


def test_actions_findings_and_support_make_an_item_worth_reading(database: Database) -> None:
    seen = FindingRecord("question", "toxicity", "insult", "It insults.", "flag")
    weak = (SupportRecord(0, 5, "weak", "Nothing says so."),)
    with database.write() as session:
        *_, answer_id = asked(session)
        answers.finish(session, answer_id, finished(), trace(findings=(seen,), support=weak))
        session.add(Signal(message_id=answer_id, kind="rephrased"))
        items.refresh(session, [answer_id])
        one = item(session, answer_id)
        assert (one.support, one.resolved) == ("weak", False)
        assert one.worth == WORTH["guard"] + WORTH["weak"] + WORTH["rephrased"]


def test_status_assignee_and_tags_are_not_derived(database: Database) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
        answers.finish(session, answer_id, finished(), trace())
        item(session, answer_id).status = "fixed"
        session.add(ItemFacet(message_id=answer_id, kind="tag", label="travel"))
        items.refresh(session, [answer_id])
        assert item(session, answer_id).status == "fixed"
        assert session.scalars(select(ItemFacet.label)).all() == ["travel"]


def test_items_are_found_by_their_words_until_they_are_deleted(database: Database) -> None:
    with database.write() as session:
        conversation_id, _, answer_id = asked(session, "How late may I check in?")
        answers.finish(session, answer_id, finished("Until eight."), trace())
        feedback.give(session, ANA, answer_id, said(correction="Until midnight."))
        assert [found(session, *words) for words in (("check",), ("eight",), ("mid",), ("ten",))] == [
            [answer_id],
            [answer_id],
            [answer_id],
            [],
        ]
        conversations.forget(session, ANA, conversation_id)
        assert session.execute(select(holding(["check"], masked=False))).scalar() is None


def test_answers_of_an_earlier_version_are_found_and_given_their_items(database: Database) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
        answers.interrupt(session, ["process"])
        lost = items.missing(session, 10)
        items.refresh(session, lost)
        assert (lost, items.missing(session, 10)) == ([answer_id], [])


def test_an_appeal_makes_a_refusal_worth_reading(database: Database) -> None:
    refused = FindingRecord("question", "injection", "order", "It gives orders.", "refuse")
    with database.write() as session:
        *_, answer_id = asked(session)
        answers.finish(session, answer_id, finished(state="refused"), trace(findings=(refused,)))
        reviews.appeal(session, answer_id)
        assert item(session, answer_id).appealed


def test_another_answer_to_a_question_is_of_its_topic(database: Database) -> None:
    with database.write() as session:
        conversation_id, question_id, first = asked(session)
        answers.finish(session, first, finished(), trace())
        session.add(Topic(id=7, label="hours", terms=[], centre=b""))
        session.flush()
        item(session, first).topic_id = 7
        again = answers.begin(session, conversation_id, question_id, "process")
        answers.finish(session, again, finished(), trace(id="t2"))
        *_, other = asked(session)
        answers.finish(session, other, finished(), trace(id="t3"))
        assert (item(session, again).topic_id, item(session, other).topic_id) == (7, None)
