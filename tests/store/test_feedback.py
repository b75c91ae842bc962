"""Feedback: one current rating a person and answer, and its history."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from store import feedback
from store.engine import Database
from store.models import Feedback, now
from store.records import FeedbackRecord, Rating
from tests.store.asking import ANA, BEN, asked


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
