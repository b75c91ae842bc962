"""A backup put back under the running app, in the middle of an answer: nothing of the old goes into the new."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.house import House
from rag.settings import Model
from tests.conftest import BuildHouse, LibraryOf
from tests.faults import storage
from tests.faults.conftest import SLOW, Struck, wait_until
from tests.model_server import AnswerFromPassages, ModelServer
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY

WHOLE = f"{HOTEL_SENTENCE} [1]"


@pytest.fixture
def asked_once(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: Callable[..., Model]
) -> Struck:
    house = build_house(models=[model_at(model_server.url)])
    library_of(house, LIBRARY)
    one = Struck(house, lambda: storage.gone(house), "database_unavailable")
    one.answered()
    return one


def test_with_its_log_the_backup_is_used_and_what_was_under_way_is_not_in_it(
    asked_once: Struck, model_server: ModelServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy = storage.copy_of(asked_once.house, tmp_path / "copy.db")
    model_server.default = SLOW
    job = asked_once.ask("And what of trains?")
    wait_until(job, lambda snapshot: len(snapshot.text) > 5)
    storage.replace(asked_once.house, copy)
    wait_until(job, lambda snapshot: snapshot.done)
    assert [answer.text for answer in asked_once.kept()] == [WHOLE]
    model_server.default = AnswerFromPassages()
    asked_once.answered()
    assert [answer.text for answer in asked_once.kept()] == [WHOLE] * 2
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


def test_without_it_nothing_is_written_until_the_old_one_is_back(
    asked_once: Struck, model_server: ModelServer, tmp_path: Path
) -> None:
    house: House = asked_once.house
    copy = storage.copy_of(house, tmp_path / "copy.db")
    model_server.default = SLOW
    job = asked_once.ask()
    wait_until(job, lambda snapshot: len(snapshot.text) > 5)
    storage.replace(house, copy, with_log=False)
    held = wait_until(job, lambda snapshot: snapshot.step == "saving")
    assert held.text == WHOLE
    path = storage.path_of(house)
    path.with_name("before.db").rename(path)
    wait_until(job, lambda snapshot: snapshot.done)
    assert [answer.text for answer in asked_once.kept()] == [WHOLE] * 2


def test_an_answer_of_the_old_one_never_ends_up_in_a_row_of_the_new(
    asked_once: Struck, model_server: ModelServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whose number the new database gives out once more."""
    copy = storage.copy_of(asked_once.house, tmp_path / "copy.db")
    model_server.default = SLOW
    old = asked_once.ask("How are trains booked?")
    wait_until(old, lambda snapshot: len(snapshot.text) > 5)
    storage.replace(asked_once.house, copy)
    asked = asked_once.house.assistant.ask("ben", HOTEL)
    assert asked.answer_id == old.message_id
    new = asked_once.house.assistant.job(asked.answer_id)
    assert new not in (None, old)
    for job in (old, new):
        wait_until(job, lambda snapshot: snapshot.done)  # type: ignore[arg-type]
    _, (question,) = asked_once.house.assistant.conversation("ben", asked.conversation_id)
    assert (question.answers[0].state, question.answers[0].text) == ("answered", WHOLE)
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []
