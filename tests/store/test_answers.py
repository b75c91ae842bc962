"""Answers: written, finished, interrupted, and explained by their trace."""

import pytest
from sqlalchemy.exc import IntegrityError

from store import answers, conversations, documents
from store.engine import Database
from store.records import AnswerRecord
from tests.store.asking import ANA, BEN, added, asked, citation, finished, trace


def read(database: Database, conversation_id: str) -> AnswerRecord:
    with database.read() as session:
        return conversations.questions(session, ANA, conversation_id)[0].answers[0]


def test_progress_keeps_the_text_so_far(database: Database) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
        answers.save_progress(session, {answer_id: "Until"})
    with database.read() as session:
        assert answers.progress(session, ANA, answer_id) == ("writing", "Until")


def test_progress_that_comes_late_does_not_touch_a_finished_answer(database: Database) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
        answers.finish(session, answer_id, finished("Until nine."), trace())
        answers.save_progress(session, {answer_id: "Unt"})
    with database.read() as session:
        assert answers.progress(session, ANA, answer_id) == ("answered", "Until nine.")


def test_nobody_sees_the_progress_of_somebody_else(database: Database) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
        assert answers.progress(session, BEN, answer_id) is None


def test_a_finished_answer_is_kept_whole(database: Database) -> None:
    with database.write() as session:
        conversation_id, _, answer_id = asked(session)
        end = finished(degraded="model_cut", follow_ups=("And dogs?",), citations=(citation(None),))
        answers.finish(session, answer_id, end, trace())
    kept = read(database, conversation_id)
    assert (kept.text, kept.state, kept.writer) == ("Until nine. [1]", "answered", "first")
    assert (kept.degraded, kept.follow_ups) == ("model_cut", ("And dogs?",))
    assert [(c.number, c.quote, c.section, c.page, c.start, c.end) for c in kept.citations] == [
        (1, "until nine", "Garden", 2, 4, 14)
    ]


def test_an_answer_deleted_meanwhile_stays_deleted(database: Database) -> None:
    with database.write() as session:
        conversation_id, _, answer_id = asked(session)
        conversations.forget(session, ANA, conversation_id)
        answers.finish(session, answer_id, finished(), trace())
        assert answers.trace(session, answer_id) is None


def test_a_citation_of_a_document_deleted_meanwhile_keeps_its_words(database: Database) -> None:
    with database.write() as session:
        conversation_id, _, answer_id = asked(session)
        answers.finish(session, answer_id, finished(citations=(citation(99),)), trace())
    (kept,) = read(database, conversation_id).citations
    assert (kept.document_id, kept.document, kept.quote) == (None, "House rules", "until nine")


def test_a_citation_outlives_its_document(database: Database) -> None:
    with database.write() as session:
        document_id = added(session, "You can stay until nine.")
        conversation_id, _, answer_id = asked(session)
        answers.finish(session, answer_id, finished(citations=(citation(document_id),)), trace())
    assert read(database, conversation_id).citations[0].document_id == document_id
    with database.write() as session:
        documents.remove(session, document_id)
    assert read(database, conversation_id).citations[0].document_id is None


def test_the_answers_of_a_dead_process_are_marked_and_keep_their_text(database: Database) -> None:
    with database.write() as session:
        conversation_id, _, answer_id = asked(session)
        answers.save_progress(session, {answer_id: "Until"})
        assert answers.owners(session) == {"process"}
        assert answers.interrupt(session, ["process"]) == 1
        assert answers.owners(session) == set()
    assert (read(database, conversation_id).state, read(database, conversation_id).text) == ("interrupted", "Until")


def test_answers_of_others_are_not_marked(database: Database) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
        assert answers.interrupt(session, ["another"]) == 0
        assert answers.progress(session, ANA, answer_id) == ("writing", "")


def test_a_question_is_given_to_its_owner_alone(database: Database) -> None:
    with database.write() as session:
        conversation_id, question_id, answer_id = asked(session)
        assert answers.question_of(session, ANA, question_id) == (conversation_id, "How late?")
        assert answers.question_of(session, BEN, question_id) is None
        assert answers.question_of(session, ANA, answer_id) is None


def test_a_trace_comes_back_as_it_was_kept(database: Database) -> None:
    kept = trace(
        rewritten_by="rules",
        passages=({"number": 1, "text": "until nine"},),
        settings={"answers": {"seed": 7}},
        usage={"input_tokens": 12},
        timings_ms={"retrieved": 1.5},
        notes=("first wrote",),
        cost_usd=0.01,
    )
    with database.write() as session:
        *_, answer_id = asked(session)
        answers.finish(session, answer_id, finished(), kept)
    with database.read() as session:
        assert answers.trace(session, answer_id) == kept


def test_a_state_nobody_knows_is_refused(database: Database) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
    with pytest.raises(IntegrityError, match="ck_messages_state"), database.write() as session:
        answers.finish(session, answer_id, finished(state="lost"), trace())
