"""What a person can do: ask, watch, stop, look back, rate. Over HTTP to a model, and down to SQL."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from rag.assistant import Asked, NotYours, ShuttingDown, Unavailable, kind_of, person_id
from rag.house import House
from rag.settings import Model
from store.engine import Locked
from store.records import AnswerRecord
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import Endless, ModelServer, SlowHeaders, Stall
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY

ANA, BEN = "ana", "ben"
PATIENCE_S = 20


@pytest.fixture
def stocked(house: House, library_of: LibraryOf) -> House:
    library_of(house, LIBRARY)
    return house


@pytest.fixture
def modelled(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: Callable[..., Model]
) -> House:
    house = build_house(models=[model_at(model_server.url)])
    library_of(house, LIBRARY)
    return house


def wait_for(house: House, asked: Asked, ready: Callable[[str], bool] = lambda _: False, person: str = ANA) -> str:
    """Watches an answer as a page does, until its text is `ready` or it has ended; gives the text."""
    seen, text = 0, ""
    while snapshot := house.assistant.snapshot(person, asked.answer_id, seen, PATIENCE_S):
        seen, text = snapshot.version, snapshot.text
        if snapshot.done or ready(text):
            break
    return text


def kept(house: House, asked: Asked) -> AnswerRecord:
    """The answer as it is stored."""
    _, questions = house.assistant.conversation(ANA, asked.conversation_id)
    return next(answer for q in questions for answer in q.answers if answer.id == asked.answer_id)


def answered(house: House, question: str = HOTEL, conversation_id: str | None = None, *, person: str = ANA) -> Asked:
    asked = house.assistant.ask(person, question, conversation_id)
    wait_for(house, asked, person=person)
    return asked


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Another connection holds the write lock, and our own have little patience."""
    for connection in [house.database._engine.raw_connection() for _ in range(3)]:
        connection.driver_connection.execute("PRAGMA busy_timeout = 20")
        connection.close()
    path = house.database.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_an_answer_is_kept_with_its_citations(stocked: House) -> None:
    answer = kept(stocked, answered(stocked))
    assert (answer.text, answer.state, answer.writer) == (f"{HOTEL_SENTENCE} [1]", "answered", "extractive")
    assert [(c.number, c.quote) for c in answer.citations] == [(1, HOTEL_SENTENCE)]


def test_an_answer_whose_sources_cannot_be_compared_is_kept_whole(
    stocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("rag.conflicts.looking.look", fail)
    answer = kept(stocked, answered(stocked))
    assert (answer.state, bool(answer.citations)) == ("answered", True)


def test_the_question_is_kept_before_its_answer_begins(modelled: House, model_server: ModelServer) -> None:
    model_server.default = SlowHeaders(60)
    asked = modelled.assistant.ask(ANA, HOTEL)
    record, (question,) = modelled.assistant.conversation(ANA, asked.conversation_id)
    assert (record.title, question.text, question.answers[0].state) == (HOTEL, HOTEL, "writing")
    modelled.assistant.stop(ANA, asked.answer_id)


def test_a_second_question_joins_the_conversation(stocked: House) -> None:
    first = answered(stocked)
    second = answered(stocked, "And how much is it?", first.conversation_id)
    _, questions = stocked.assistant.conversation(ANA, first.conversation_id)
    assert [question.id for question in questions] == [first.question_id, second.question_id]
    trace = stocked.assistant.trace(ANA, second.answer_id)
    assert trace is not None
    assert (trace.rewritten_by, "hotel" in trace.query) == ("rules", True)


def test_asking_again_keeps_the_earlier_answer(stocked: House) -> None:
    first = answered(stocked)
    again = stocked.assistant.ask_again(ANA, first.question_id)
    wait_for(stocked, again)
    _, (question,) = stocked.assistant.conversation(ANA, first.conversation_id)
    assert [answer.id for answer in question.answers] == [first.answer_id, again.answer_id]
    assert {answer.state for answer in question.answers} == {"answered"}


def test_asking_again_leans_on_what_stood_before_the_question(stocked: House) -> None:
    first = answered(stocked)
    leaning = answered(stocked, "And how much is it?", first.conversation_id)
    answered(stocked, "Which class are trains booked in?", first.conversation_id)
    again = stocked.assistant.ask_again(ANA, leaning.question_id)
    wait_for(stocked, again)
    trace = stocked.assistant.trace(ANA, again.answer_id)
    assert trace is not None
    assert ("hotel" in trace.query, "trains" in trace.query) == (True, False)


# stop


def test_stop_keeps_the_text_and_closes_the_models_request(modelled: House, model_server: ModelServer) -> None:
    model_server.default = Endless()
    asked = modelled.assistant.ask(ANA, HOTEL)
    wait_for(modelled, asked, lambda text: "and on and on" in text)
    modelled.assistant.stop(ANA, asked.answer_id)
    assert model_server.requests[0].wait_closed(PATIENCE_S)
    shown = wait_for(modelled, asked)
    answer = kept(modelled, asked)
    assert (answer.state, answer.problem) == ("stopped", None)
    assert "and on and on" in answer.text
    assert answer.text.startswith(shown)


def test_stop_works_before_the_model_says_anything(modelled: House, model_server: ModelServer) -> None:
    model_server.default = SlowHeaders(60)
    asked = modelled.assistant.ask(ANA, HOTEL)
    while not model_server.requests:
        modelled.assistant.snapshot(ANA, asked.answer_id, 99, 0.01)
    modelled.assistant.stop(ANA, asked.answer_id)
    wait_for(modelled, asked)
    assert model_server.requests[0].wait_closed(PATIENCE_S)
    assert (kept(modelled, asked).state, kept(modelled, asked).text) == ("stopped", "")


def test_stopping_an_answer_that_has_ended_changes_nothing(stocked: House) -> None:
    asked = answered(stocked)
    stocked.assistant.stop(ANA, asked.answer_id)
    assert kept(stocked, asked).state == "answered"


def test_rating_an_older_answer_does_not_disturb_the_new_one(modelled: House, model_server: ModelServer) -> None:
    first = answered(modelled)
    model_server.default = Endless()
    second = modelled.assistant.ask(ANA, HOTEL, first.conversation_id)
    before = wait_for(modelled, second, lambda text: "and on" in text)
    modelled.assistant.feedback.rate(ANA, first.answer_id, 1)
    after = wait_for(modelled, second, lambda text: len(text) > len(before) + 20)
    assert after.startswith(before)
    modelled.assistant.stop(ANA, second.answer_id)


def test_the_marks_of_a_stopped_answer_open_something(modelled: House, model_server: ModelServer) -> None:
    model_server.default = Stall(f'{{"answer": "{HOTEL_SENTENCE} [1] And', 60)
    asked = modelled.assistant.ask(ANA, HOTEL)
    wait_for(modelled, asked, lambda text: "[1]" in text)
    modelled.assistant.stop(ANA, asked.answer_id)
    wait_for(modelled, asked)
    answer = kept(modelled, asked)
    assert ("[1]" in answer.text) == bool(answer.citations)


def test_the_sentences_of_a_stopped_answer_are_looked_at(modelled: House, model_server: ModelServer) -> None:
    model_server.default = Stall(f'{{"answer": "{HOTEL_SENTENCE} [1] Breakfast is 23 euros.', 60)
    asked = modelled.assistant.ask(ANA, HOTEL)
    wait_for(modelled, asked, lambda text: "23" in text)
    modelled.assistant.stop(ANA, asked.answer_id)
    wait_for(modelled, asked)
    assert (kept(modelled, asked).sentences, kept(modelled, asked).supported) == (2, 1)


# whose it is


def test_what_belongs_to_somebody_else_is_not_there(stocked: House) -> None:
    asked = answered(stocked)
    refused: list[Callable[[], object]] = [
        lambda: stocked.assistant.ask(BEN, HOTEL, asked.conversation_id),
        lambda: stocked.assistant.ask_again(BEN, asked.question_id),
        lambda: stocked.assistant.conversation(BEN, asked.conversation_id),
        lambda: stocked.assistant.stop(BEN, asked.answer_id),
        lambda: stocked.assistant.trace(BEN, asked.answer_id),
        lambda: stocked.assistant.feedback.rate(BEN, asked.answer_id, 1),
        lambda: stocked.assistant.feedback.correct(BEN, asked.answer_id, "x"),
    ]
    for attempt in refused:
        with pytest.raises(NotYours):
            attempt()


def test_nobody_renames_or_forgets_for_somebody_else(stocked: House) -> None:
    asked = answered(stocked)
    stocked.assistant.rename(BEN, asked.conversation_id, "Mine")
    stocked.assistant.forget(BEN, asked.conversation_id)
    assert [found.title for found in stocked.assistant.history(ANA)] == [HOTEL]


def test_nobody_watches_the_answer_of_somebody_else(modelled: House, model_server: ModelServer) -> None:
    model_server.default = Endless()
    asked = modelled.assistant.ask(ANA, HOTEL)
    wait_for(modelled, asked, lambda text: "and on" in text)
    try:
        assert modelled.assistant.snapshot(BEN, asked.answer_id, 0, 0) is None
    finally:
        modelled.assistant.stop(ANA, asked.answer_id)


def test_a_person_is_a_hash_of_the_cookie() -> None:
    assert person_id("secret") == person_id("secret") != person_id("other")
    assert "secret" not in person_id("secret")
    assert len(person_id("secret")) == 32


# looking back


def test_history_is_listed_searched_and_renamed(stocked: House) -> None:
    first, second = answered(stocked), answered(stocked, "Who pays refunds?")
    stocked.assistant.rename(ANA, first.conversation_id, "Hotels")
    assert [found.title for found in stocked.assistant.history(ANA)] == ["Who pays refunds?", "Hotels"]
    assert [found.id for found in stocked.assistant.history(ANA, " 140 euros ")] == [first.conversation_id]
    assert second.conversation_id != first.conversation_id


def test_forgetting_a_conversation_stops_its_answer(modelled: House, model_server: ModelServer) -> None:
    model_server.default = Endless()
    asked = modelled.assistant.ask(ANA, HOTEL)
    wait_for(modelled, asked, lambda text: "and on" in text)
    modelled.assistant.forget(ANA, asked.conversation_id)
    assert model_server.requests[0].wait_closed(PATIENCE_S)
    wait_for(modelled, asked)
    assert modelled.assistant.history(ANA) == []


def test_a_trace_explains_the_answer(modelled: House) -> None:
    asked = answered(modelled)
    trace = modelled.assistant.trace(ANA, asked.answer_id)
    assert trace is not None
    assert (trace.query, trace.prompt) == (HOTEL, "answer@1")
    first = trace.passages[0]
    assert HOTEL_SENTENCE in modelled.library.excerpt(first["document_id"], first["start"], first["end"])
    assert trace.settings["answers"]["seed"] == 7
    assert trace.usage["output_tokens"] > 0
    assert {"checked", "retrieved", "first_text", "answered", "total"} <= set(trace.timings_ms)
    assert trace.notes == ("first wrote",)


# feedback


def test_a_rating_is_seen_beside_its_answer_and_can_be_taken_back(stocked: House) -> None:
    asked = answered(stocked)
    stocked.assistant.feedback.rate(ANA, asked.answer_id, -1, reasons=["wrong"], comment="Old.")
    given = kept(stocked, asked).feedback
    assert given is not None
    assert (given.rating, given.reasons, given.comment) == (-1, ("wrong",), "Old.")
    stocked.assistant.feedback.rate(ANA, asked.answer_id, 0)
    assert kept(stocked, asked).feedback.rating == 0  # type: ignore[union-attr]


def test_a_correction_and_a_rating_leave_each_other_alone(stocked: House) -> None:
    asked = answered(stocked)
    stocked.assistant.feedback.rate(ANA, asked.answer_id, -1, comment="Old.")
    stocked.assistant.feedback.correct(ANA, asked.answer_id, " 150 euros. ")
    stocked.assistant.feedback.rate(ANA, asked.answer_id, 1)
    given = kept(stocked, asked).feedback
    assert given is not None
    assert (given.rating, given.correction) == (1, "150 euros.")
    stocked.assistant.feedback.correct(ANA, asked.answer_id, " ")
    assert kept(stocked, asked).feedback.correction is None  # type: ignore[union-attr]


def test_ratings_from_many_threads_leave_one_current(stocked: House) -> None:
    asked = answered(stocked)
    raters = [
        threading.Thread(target=stocked.assistant.feedback.rate, args=(ANA, asked.answer_id, value))
        for value in (1, -1, 0) * 4
    ]
    for thread in raters:
        thread.start()
    for thread in raters:
        thread.join(PATIENCE_S)
    with stocked.database.connect() as connection:
        counted = connection.exec_driver_sql('SELECT count(*), sum("current") FROM feedback').one()
    assert tuple(counted) == (12, 1)


# when the database does not serve


def test_a_locked_database_refuses_the_question_before_anything_is_half_done(stocked: House) -> None:
    with locked(stocked), pytest.raises(Locked) as raised:
        stocked.assistant.ask(ANA, HOTEL)
    assert kind_of(raised.value) == "database_locked"
    assert stocked.assistant.history(ANA) == []
    assert not stocked.jobs.busy()


def test_any_other_trouble_with_the_database_has_its_own_words() -> None:
    assert kind_of(Unavailable("disk I/O error")) == "database_unavailable"


def test_an_answer_that_ends_while_the_database_is_locked_is_kept_later(modelled: House) -> None:
    asked = modelled.assistant.ask(ANA, HOTEL)
    job = modelled.assistant.job(asked.answer_id)
    assert job is not None
    with locked(modelled), job._changed:
        job._changed.wait_for(lambda: "140 euros. [1]" in job.snapshot.text, PATIENCE_S)
        job._changed.wait_for(lambda: job.snapshot.done, 1)
    with job._changed:
        job._changed.wait_for(lambda: job.snapshot.done, PATIENCE_S)
    assert kept(modelled, asked).text == f"{HOTEL_SENTENCE} [1]"


def test_an_answer_that_a_bug_keeps_from_being_stored_holds_up_no_other(
    stocked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("store.answers.finish", lambda *_: 1 / 0)
        lost = answered(stocked)
    assert not stocked.jobs.busy()
    assert kept(stocked, lost).state == "writing"
    assert kept(stocked, answered(stocked)).state == "answered"


def test_no_question_is_taken_while_closing_and_nothing_of_it_is_stored(stocked: House) -> None:
    """It is still in the box of whoever asked."""
    stocked.jobs.close(0)
    with pytest.raises(ShuttingDown):
        stocked.assistant.ask(ANA, HOTEL)
    assert stocked.assistant.history(ANA) == []


def test_an_answer_that_takes_too_long_to_end_is_interrupted_with_its_text(
    modelled: House, model_server: ModelServer
) -> None:
    model_server.default = Endless()
    asked = modelled.assistant.ask(ANA, HOTEL)
    wait_for(modelled, asked, lambda text: "and on and on" in text)
    modelled.hurry()
    answer = kept(modelled, asked)
    assert (answer.state, answer.problem, "and on and on" in answer.text) == ("interrupted", None, True)
    assert modelled.assistant.trace(ANA, asked.answer_id) is not None
