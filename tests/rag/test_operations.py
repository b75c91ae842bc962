"""How the house does: its models, answers, queue, search, database and disk."""

from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from rag import machine
from rag import operations as module
from rag.house import House
from rag.settings import Model
from store.engine import HEAD, Locked
from store.records import CallStatistics, HealthRecord
from tests.conftest import BuildHouse, LibraryOf
from tests.rag.answering import HOTEL, LIBRARY
from tests.store.serving import called, healthy

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def _always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FRESH_S", 0.0)


def test_models_stand_in_the_order_in_which_they_are_asked(
    build_house: BuildHouse, model_at: Callable[..., Model]
) -> None:
    house = build_house(models=[model_at("http://127.0.0.1:9", name) for name in ("zeta", "alpha")])
    with house.database.write() as session:
        called(session, "alpha")
        healthy(session, "alpha", taken_out=True)
    zeta, alpha = house.operations.models()
    assert (zeta.name, zeta.health, zeta.day) == ("zeta", HealthRecord("zeta"), CallStatistics("zeta"))
    assert (alpha.name, alpha.health.taken_out, alpha.day.calls) == ("alpha", True, 1)


def test_a_model_that_is_taken_out_stays_out_for_all_and_after_a_restart(
    build_house: BuildHouse, model_at: Callable[..., Model]
) -> None:
    models = [model_at("http://127.0.0.1:9", name) for name in ("first", "second")]
    house = build_house(models=models)
    assert house.operations.take_out("first")
    house.close()
    again, replica = build_house(models=models), build_house(models=models)
    for one in (again, replica):
        assert [model.health.taken_out for model in one.operations.models()] == [True, False]
    assert again.operations.put_back("first")
    assert not build_house(models=models).operations.models()[0].health.taken_out


def test_taking_out_says_when_it_could_not_be_kept(
    build_house: BuildHouse, model_at: Callable[..., Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    house = build_house(models=[model_at("http://127.0.0.1:9")])

    @contextmanager
    def refuse() -> Iterator[None]:
        raise Locked("database is locked")
        yield

    with monkeypatch.context() as patched:
        patched.setattr(house.database, "write", refuse)
        assert not house.operations.take_out("first")


def test_the_days_figures_are_kept_for_a_moment(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FRESH_S", 60.0)
    before = house.operations.library()
    with house.database.write() as session:
        called(session)
    assert house.operations.library() is before


def test_the_queue_says_that_the_house_closes(house: House) -> None:
    before = house.operations.queue()
    house.drain()
    assert (before.running, before.waiting, before.closing) == (0, 0, False)
    assert house.operations.queue().closing


def test_search_by_meaning_is_told_with_its_owner_and_model(house: House, library_of: LibraryOf) -> None:
    library_of(house, LIBRARY)
    index, library = house.operations.index(), house.operations.library()
    assert (index.state, index.why, index.owner, index.embedding) == ("ready", None, "this process", "all-MiniLM-L6-v2")
    assert library.chunks == library.embedded > 0


def test_a_second_process_says_whose_the_index_is(house: House, build_house: BuildHouse) -> None:
    second = build_house()
    index = second.operations.index()
    assert (index.owner, index.state, index.why) == ("another process", "elsewhere", "vectors_elsewhere")


def test_the_database_is_told_with_its_tables(house: House) -> None:
    assert (house.operations.database().revision, house.operations.database().is_current) == (HEAD, True)


@pytest.mark.parametrize(("free", "low"), [(1e9, True), (5e10, False)])
def test_a_disk_that_fills_up_is_noticed(house: House, monkeypatch: pytest.MonkeyPatch, free: float, low: bool) -> None:  # noqa: FBT001
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: Usage(1e11, 0, free))
    assert house.operations.machine().is_low is low


def test_the_answers_of_the_day_are_counted(house: House, library_of: LibraryOf) -> None:
    library_of(house, LIBRARY)
    asked = house.assistant.ask("ana", HOTEL)
    while house.assistant.snapshot("ana", asked.answer_id, 99, 0.05):
        pass
    [counted] = house.operations.answers()
    assert (counted.state, counted.writer, counted.count) == ("answered", "extractive", 1)
