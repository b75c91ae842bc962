"""The chain: who is asked, who is left out, and the acts of who runs the app."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from rag.cancellation import Cancellation
from rag.models.chain import Chain
from rag.models.health import HealthBook
from rag.models.line import Line
from rag.models.trouble import ModelTrouble
from rag.problems import PartMissing
from rag.settings import Model
from tests.conftest import BuildHouse
from tests.model_server import ModelServer, Status
from tests.store.serving import healthy

BuildLine = Callable[..., Line]


@pytest.fixture
def chain(line_at: BuildLine, model_server: ModelServer, book: HealthBook) -> Chain:
    lines = [line_at(model_server.url, name, failures_to_rest=1) for name in ("first", "second")]
    return Chain(lambda _: lines, book, names=["first", "second"])


def names(chain: Chain) -> list[str]:
    return [line.name for line in chain.choose("ana", Cancellation()).lines]


def fail(chain: Chain) -> None:
    with pytest.raises(ModelTrouble):
        list(chain.choose("ana", Cancellation()).lines[0].stream([("human", "?")], Cancellation()))


def test_all_are_asked_in_order(chain: Chain) -> None:
    chosen = chain.choose("ana", Cancellation())
    assert ([line.name for line in chosen.lines], chosen.lesser) == (["first", "second"], None)


def test_one_that_rests_is_left_out(chain: Chain, model_server: ModelServer) -> None:
    model_server.enqueue(Status(500))
    fail(chain)
    assert names(chain) == ["second"]


def test_when_all_rest_nobody_is_asked(chain: Chain, model_server: ModelServer) -> None:
    model_server.default = Status(500)
    fail(chain)
    fail(chain)
    chosen = chain.choose("ana", Cancellation())
    assert (list(chosen.lines), chosen.lesser) == ([], "model_resting")
    assert len(model_server.requests) == 2


def test_models_that_could_not_be_loaded_are_an_error_of_theirs(book: HealthBook) -> None:
    def missing(_: Cancellation) -> list[Line]:
        raise PartMissing

    assert Chain(missing, book).choose("ana", Cancellation()).lesser == "model_error"


def test_without_models_nothing_is_lesser(book: HealthBook) -> None:
    assert Chain(lambda _: [], book).choose("ana", Cancellation()).lesser is None


def test_one_taken_out_is_not_asked_until_it_is_put_back(chain: Chain) -> None:
    chain.take_out("first")
    assert names(chain) == ["second"]
    chain.put_back("first")
    assert names(chain) == ["first", "second"]


def test_one_that_rests_can_be_put_back_by_hand(chain: Chain, model_server: ModelServer) -> None:
    model_server.enqueue(Status(401))
    fail(chain)
    chain.put_back("first")
    assert names(chain) == ["first", "second"]


def test_health_is_told_for_each_configured_model(chain: Chain, model_server: ModelServer) -> None:
    model_server.enqueue(Status(500))
    fail(chain)
    assert [(health.name, health.state) for health in chain.health()] == [("first", "open"), ("second", "closed")]


def test_how_soon_each_usually_begins_is_told(chain: Chain) -> None:
    assert set(chain.usual_first_s(Cancellation())) == {"first", "second"}


def test_a_house_that_starts_has_models_that_rest_tried(
    build_house: BuildHouse, model_server: ModelServer, model_at: Callable[..., Model]
) -> None:
    """A key that was refused is put right by a new start."""
    models = [model_at(model_server.url, "hosted")]
    with (first := build_house(models=models)).database.write() as session:
        healthy(session, "hosted", state="open", opened=4, resting_until=datetime.now(UTC) + timedelta(minutes=9))
    folder = first.settings.data_dir
    first.close()

    second = build_house(models=models, data_dir=folder)
    assert second.chain.choose("ana", Cancellation()).lesser == "model_resting"
    second.start()
    assert names(second.chain) == ["hosted"]
