"""The database locked, read-only, full or moved away while people ask: told in words, nothing lost, over by itself."""

import contextlib
from dataclasses import replace

import pytest

from rag.answering import Account, Answering
from rag.assistant import Unavailable, kind_of
from rag.job import Job
from store.answers import Finished
from store.records import TraceRecord
from tests.conftest import BuildHouse
from tests.e2e.running import eventually
from tests.faults.conftest import ANA, SLOW, Struck, wait_until
from tests.faults.storage import LONG
from tests.model_server import ModelServer
from tests.rag.answering import HOTEL, HOTEL_SENTENCE

WHOLE = f"{HOTEL_SENTENCE} [1]"
AT_LENGTH = f"{HOTEL} {'Please. ' * (LONG // 9)}"  # a short one may fit into the last free bytes of a full database


def test_an_answer_under_way_stays_in_sight_and_is_stored_when_it_is_over(
    struck: Struck, model_server: ModelServer
) -> None:
    struck.answered()
    model_server.default = SLOW
    job = struck.ask(AT_LENGTH)
    wait_until(job, lambda snapshot: len(snapshot.text) > 5)
    with struck.strike():
        held = wait_until(job, lambda snapshot: snapshot.step == "saving")
        assert (held.text, held.done) == (WHOLE, False)
        assert struck.house.assistant.snapshot(ANA, job.message_id, 0, 0) == job.snapshot
    wait_until(job, lambda snapshot: snapshot.done)
    assert [(a.state, a.text, len(a.citations)) for a in struck.kept()] == [("answered", WHOLE, 1)] * 2


def test_a_question_is_refused_whole_and_taken_afterwards(struck: Struck) -> None:
    struck.answered()
    with struck.strike():
        with pytest.raises(Unavailable) as raised:
            struck.ask(AT_LENGTH)
        assert kind_of(raised.value) == struck.kind
        assert not struck.house.jobs.busy()
    assert [answer.text for answer in struck.kept()] == [WHOLE]
    struck.answered(AT_LENGTH)
    assert [answer.state for answer in struck.kept()] == ["answered", "answered"]


def test_ratings_are_refused_meanwhile_and_those_given_before_stay(struck: Struck) -> None:
    feedback, answer_id = struck.house.assistant.feedback, struck.answered()
    feedback.rate(ANA, answer_id, 1, comment="A comment of mine")
    with struck.strike():
        with pytest.raises(Unavailable):
            feedback.rate(ANA, answer_id, -1, comment=LONG * "x")
        with pytest.raises(Unavailable):
            feedback.correct(ANA, answer_id, LONG * "x")
    (answer,) = struck.kept()
    assert answer.feedback is not None
    assert (answer.feedback.rating, answer.feedback.comment) == (1, "A comment of mine")
    feedback.rate(ANA, answer_id, -1)
    assert [a.feedback.rating for a in struck.kept() if a.feedback] == [-1]


def test_a_document_is_refused_or_waits_and_comes_in_afterwards(struck: Struck) -> None:
    library = struck.house.library
    waiting = library.add("before.md", f"# Before\n\n{'Added before it. ' * (LONG // 17)}".encode())
    struck.house.worker.start()
    with struck.strike(), contextlib.suppress(Unavailable, OSError):
        library.add("meanwhile.md", b"# Meanwhile\n\nMay be refused.")
    again = library.add("meanwhile.md", b"# Meanwhile\n\nMay be refused.")
    eventually(lambda: {entry.state for entry in library.progress([waiting, again])} - {"known"}, {"done"}, 60)
    assert {"before.md", "meanwhile.md"} <= {row.name for row in library.listing()}


def test_what_was_saved_is_read_where_the_database_can_be_read(struck: Struck) -> None:
    struck.answered()
    with struck.strike():
        if struck.strike_hides_all:
            with pytest.raises(Unavailable):
                struck.kept()
        else:
            assert [answer.text for answer in struck.kept()] == [WHOLE]
            assert [citation.quote for citation in struck.kept()[0].citations] == [HOTEL_SENTENCE]
    assert [answer.text for answer in struck.kept()] == [WHOLE]


def test_trouble_that_lasts_is_logged_once_not_at_every_try(
    struck: Struck, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    model_server.default = SLOW
    monkeypatch.setattr("rag.jobs.SAVE_S", 0.01)
    job = struck.ask(AT_LENGTH)
    wait_until(job, lambda snapshot: len(snapshot.text) > 5)
    with struck.strike():
        wait_until(job, lambda snapshot: snapshot.step == "saving")
        tries = tries_to_store(monkeypatch)
        eventually(lambda: len(tries) > 5, True)
    wait_until(job, lambda snapshot: snapshot.done)
    assert len([line for line in caplog.messages if "could not be saved" in line]) <= 2


def tries_to_store(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each try to store the end of an answer."""
    tries: list[int] = []
    store = Answering._store

    def noted(self: Answering, job: Job, finished: Finished, trace: TraceRecord, account: Account) -> None:
        tries.append(job.message_id)
        store(self, job, finished, trace, account)

    monkeypatch.setattr(Answering, "_store", noted)
    return tries


def test_closing_meanwhile_ends_the_process_properly_and_the_answer_is_marked_at_the_next_start(
    struck: Struck, model_server: ModelServer, build_house: BuildHouse
) -> None:
    model_server.default = SLOW
    job = struck.ask(AT_LENGTH)
    wait_until(job, lambda snapshot: len(snapshot.text) > 5)
    with struck.strike():
        wait_until(job, lambda snapshot: snapshot.step == "saving")
        struck.house.close()
    after = replace(struck, house=build_house(data_dir=struck.house.settings.data_dir))
    (answer,) = after.kept()
    assert (answer.state, answer.text in WHOLE) == ("interrupted", True)
    assert after.house.owns_index
