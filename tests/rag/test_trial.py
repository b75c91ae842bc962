"""Test questions: the real way, timed, noted as tests, kept nowhere."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from rag.house import House
from rag.settings import Model
from rag.trial import OWN_PASSAGE, Outcome, Trial
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import Endless, ModelServer, SlowHeaders, Status
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY

PATIENCE_S = 20


@pytest.fixture
def modelled(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: Callable[..., Model]
) -> House:
    house = build_house(models=[model_at(model_server.url), model_at(model_server.url, "second")])
    library_of(house, LIBRARY)
    return house


def until(ready: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.01)


def outcome(trial: Trial) -> Outcome:
    until(lambda: trial.outcome.done)
    return trial.outcome


def test_the_whole_chain_answers(modelled: House) -> None:
    found = outcome(modelled.trials.start(HOTEL))
    assert (found.status, found.writer, found.problems) == ("answered", "first", ())
    assert HOTEL_SENTENCE in found.text
    assert (found.usage.input_tokens > 0, 0 < (found.first_ms or 0) <= (found.total_ms or 0)) == (True, True)


def test_one_model_is_asked_alone(modelled: House) -> None:
    assert outcome(modelled.trials.start(HOTEL, "second")).writer == "second"


def test_without_a_model_the_documents_answer(house: House, library_of: LibraryOf) -> None:
    library_of(house, LIBRARY)
    assert outcome(house.trials.start(HOTEL)).writer == "extractive"


def test_a_model_is_asked_even_when_nothing_is_found(
    build_house: BuildHouse, model_server: ModelServer, model_at: Callable[..., Model]
) -> None:
    house = build_house(models=[model_at(model_server.url)])
    found = outcome(house.trials.start("When is the lamp lit?", "first"))
    assert (found.status, found.writer) == ("answered", "first")
    assert OWN_PASSAGE.text in found.text


def test_a_model_that_fails_is_told_with_its_problem(modelled: House, model_server: ModelServer) -> None:
    model_server.default = Status(401)
    found = outcome(modelled.trials.start(HOTEL, "first"))
    assert (found.problems, found.writer) == (("model_unauthorized",), "extractive")


def test_a_test_can_be_stopped(modelled: House, model_server: ModelServer) -> None:
    model_server.default = Endless()
    trial = modelled.trials.start(HOTEL)
    until(lambda: "and on" in trial.outcome.text)
    trial.stop()
    found = outcome(trial)
    assert (found.status, "and on" in found.text) == ("stopped", True)


def test_closing_the_house_stops_its_tests(modelled: House, model_server: ModelServer) -> None:
    model_server.default = SlowHeaders(60)
    trial = modelled.trials.start(HOTEL)
    until(lambda: bool(model_server.requests))
    modelled.close()
    assert trial.outcome.status == "stopped"


def test_nothing_of_a_test_is_stored(modelled: House) -> None:
    outcome(modelled.trials.start(HOTEL))
    assert modelled.operations.answers() == []


def test_a_bug_of_ours_is_told_as_one(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house.trials, "_pipeline", lambda *_: 1 / 0)
    found = outcome(house.trials.start(HOTEL))
    assert replace(found, total_ms=None) == Outcome(status="bug", problems=("bug",))
