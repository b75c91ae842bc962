"""Feedback: one current rating a person and answer, and its history."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from store import answers, feedback, item_events
from store.engine import Database
from store.models import Feedback, now
from store.records import FeedbackRecord, Rating, WrongSourceRecord
from tests.store.asking import ANA, BEN, asked, finished, trace


def rating(value: Rating, comment: str = "", correction: str | None = None) -> FeedbackRecord:
    return FeedbackRecord(value, ("wrong",) if value < 0 else (), comment, correction, now())


def test_the_last_rating_is_current_and_the_others_are_history(database: Database) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
        for value in (1, -1, 0):
            feedback.give(session, ANA, answer_id, rating(value))
    with database.read() as session:
        assert feedback.current_by_answer(session, ANA, [answer_id])[answer_id].rating == 0
        kept = session.execute(text("SELECT rating, current FROM feedback ORDER BY id"))
        assert [tuple(row) for row in kept] == [(1, 0), (-1, 0), (0, 1)]


def test_the_database_itself_refuses_two_current_ratings(database: Database) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
        feedback.give(session, ANA, answer_id, rating(1))
    with pytest.raises(IntegrityError, match="UNIQUE"), database.write() as session:
        session.add(Feedback(message_id=answer_id, person_id=ANA, rating=-1))


def test_words_come_back_as_they_were_given(database: Database) -> None:
    given = rating(-1, "Too old", "Until ten.")
    with database.write() as session:
        *_, answer_id = asked(session)
        feedback.give(session, ANA, answer_id, given)
    with database.read() as session:
        current = feedback.current_by_answer(session, ANA, [answer_id])[answer_id]
    assert (current.rating, current.reasons) == (-1, ("wrong",))
    assert (current.comment, current.correction) == ("Too old", "Until ten.")


def test_an_answer_is_own_only_to_its_person(database: Database) -> None:
    with database.write() as session:
        _, question_id, answer_id = asked(session)
        assert feedback.is_own_answer(session, ANA, answer_id)
        assert not feedback.is_own_answer(session, BEN, answer_id)
        assert not feedback.is_own_answer(session, ANA, question_id)


SAID = rating(-1, "Too old")
WRONG = replace(rating(0), sources=(WrongSourceRecord(1, 1, "until nine"),))


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (SAID, rating(-1, "Too old", "Until ten."), "corrected it"),
        (rating(-1, "", "Until ten."), rating(-1, "", "Until eleven."), "corrected it"),
        (rating(1), rating(-1), "rated it down"),
        (SAID, rating(-1, "Still too old"), "wrote about it"),
        (rating(0), WRONG, "called a source wrong"),
        (SAID, rating(-1), ""),
        (SAID, rating(1, "Thank you"), ""),
        (rating(-1, "", "Until ten."), rating(0), ""),
    ],
)
def test_a_closed_item_is_new_again_when_its_reader_says_more(
    database: Database, before: FeedbackRecord, after: FeedbackRecord, why: str
) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
        answers.finish(session, answer_id, finished(), trace())
        feedback.give(session, ANA, answer_id, before)
        item_events.put(session, [answer_id], "status", "fixed", "bea")
        feedback.give(session, ANA, answer_id, after)
        last = item_events.history(session, answer_id)[-1]
        assert item_events.standing(session, answer_id) == ("new" if why else "fixed", None)
        assert (last.kind, last.actor, last.detail) == (
            ("reopened", None, f"fixed>{why}") if why else ("status", "bea", "new>fixed")
        )


def test_what_is_open_is_not_opened_again(database: Database) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
        answers.finish(session, answer_id, finished(), trace())
        item_events.put(session, [answer_id], "status", "in_review", "bea")
        feedback.give(session, ANA, answer_id, SAID)
        assert [one.kind for one in item_events.history(session, answer_id)] == ["status"]
