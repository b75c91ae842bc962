"""The vector index built anew beside the one that answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from rag.house import House
from rag.retrieval.comparison import Compared, compare
from rag.retrieval.embedding import Embedder, ModelMissing, Vector
from rag.retrieval.search import Meaning
from rag.retrieval.vectors import Damaged
from rag.settings import Embedding
from tests.conftest import BuildHouse, LibraryOf
from tests.fakes import HashEmbedder
from tests.rag.answering import HOTEL, LIBRARY

OTHER = Embedding(model="other")


@dataclass
class Small:
    """A model with another number of dimensions: the first 8 of the usual ones, or none of them."""

    name: str = "small"
    dimensions: int = 8
    blind: bool = False

    def query(self, text: str) -> Vector:
        return self.passages([text])[0]

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        made = HashEmbedder().passages(texts)
        return [[1.0, *[0.0] * 7] if self.blind else [sum(row[n::8]) for n in range(8)] for row in made]


def models(embedding: Embedding) -> Embedder:
    if embedding.model == "missing":
        raise ModelMissing("The model missing is not on this machine.")
    return HashEmbedder() if embedding.model == Embedding().model else Small(blind=embedding.model == "blind")


def meaning_of(house: House) -> Meaning:
    meaning = house.warmup.meaning()
    assert meaning is not None
    return meaning


def work_off(house: House) -> None:
    while house.worker.step():
        pass


def ask(house: House) -> None:
    """Leaves an answer with a footnote: a case to compare with."""
    asked = house.assistant.ask("ana", HOTEL)
    while house.assistant.snapshot("ana", asked.answer_id, 99, 0.1):
        pass


@pytest.fixture
def reopened(build_house: BuildHouse, library_of: LibraryOf) -> BuildHouse:
    """Builds a house anew over a filled folder, with other settings."""
    first = build_house(embedder=models)
    library_of(first, LIBRARY)
    ask(first)
    first.close()
    return lambda **changes: build_house(embedder=models, **changes)


def test_another_model_in_the_settings_has_the_index_built_beside(reopened: BuildHouse) -> None:
    house = reopened(embedding=OTHER)
    before = meaning_of(house)
    assert before.embedder.name == "hash"  # the old one answers in the meantime
    work_off(house)
    after = meaning_of(house)
    assert (after.embedder.name, after.index.count()) == ("small", 2)
    shelf = house.indexes.shelf()
    assert (shelf.active.embedding, shelf.previous and shelf.previous.embedding) == (OTHER, Embedding())
    assert shelf.outcome == {
        "cases": 1,
        "before": 1,
        "after": 1,
        "lost": 0,
        "won": 0,
        "model": "small",
        "switched": True,
    }
    assert "kept: footnote reindex --rollback" in shelf.sentence


def test_after_the_switch_new_documents_go_into_the_new_index(reopened: BuildHouse, library_of: LibraryOf) -> None:
    house = reopened(embedding=OTHER)
    work_off(house)
    library_of(house, {"new.md": "Dogs must be on a leash."})
    assert meaning_of(house).index.count() == 3
    assert all(record.embedded == record.chunks for record in house.library.listing())


def test_the_index_before_can_be_taken_back(reopened: BuildHouse, library_of: LibraryOf) -> None:
    house = reopened(embedding=OTHER)
    work_off(house)
    library_of(house, {"new.md": "Dogs must be on a leash."})
    house.indexes.ask("rollback")
    work_off(house)
    assert (meaning_of(house).embedder.name, meaning_of(house).index.count()) == ("hash", 3)
    assert not house.worker.step()  # and the refused model is not built again
    house.close()
    assert meaning_of(reopened(embedding=OTHER)).embedder.name == "hash"


def test_deleted_chunks_leave_the_index_before_as_well(reopened: BuildHouse) -> None:
    house = reopened(embedding=OTHER)
    work_off(house)
    house.library.remove(house.library.listing()[0].id)
    work_off(house)
    (old,) = house.indexes.others(meaning_of(house).index)
    assert (meaning_of(house).index.count(), old.count()) == (1, 1)


def test_it_is_built_again_for_the_same_model_when_asked(reopened: BuildHouse) -> None:
    house = reopened()
    before = house.indexes.shelf().active.collection
    house.indexes.ask("build")
    work_off(house)
    assert house.indexes.shelf().active.collection != before
    assert meaning_of(house).index.count() == 2
    house.indexes.ask("build")
    work_off(house)
    assert len(meaning_of(house).index.collections()) == 2


def test_a_process_that_died_goes_on_where_it_was(reopened: BuildHouse, library_of: LibraryOf) -> None:
    first = reopened(embedding=OTHER)
    library_of(first, {"many.md": "".join(f"# Part {n}\n\n{'Well. ' * 100}\n\n" for n in range(20))})
    first.close()
    second = reopened(embedding=Embedding(model="blind"))
    for _ in range(3):
        second.worker.step()
    done = second.worker.rebuilding.progress()
    second.close()
    third = reopened(embedding=Embedding(model="blind"))
    third.worker.step()
    assert done is not None
    assert third.worker.rebuilding._building is not None
    assert len(third.worker.rebuilding._building.there) == done[0]


def test_an_index_that_finds_less_is_not_taken(reopened: BuildHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "rag.ingest.rebuilding.compare", lambda *_: Compared(cases=20, before=18, after=9, lost=9, won=0)
    )
    house = reopened(embedding=OTHER)
    work_off(house)
    shelf = house.indexes.shelf()
    assert meaning_of(house).embedder.name == "hash"
    assert (shelf.active.embedding, shelf.refused) == (Embedding(), OTHER)
    assert len(meaning_of(house).index.collections()) == 1
    house.indexes.ask("force")
    work_off(house)
    assert meaning_of(house).embedder.name == "small"


def test_a_model_that_is_not_there_leaves_everything_as_it_was(reopened: BuildHouse) -> None:
    house = reopened(embedding=Embedding(model="missing"))
    work_off(house)
    assert meaning_of(house).embedder.name == "hash"
    assert house.worker.rebuilding.problem == "The model missing is not on this machine."


def test_a_comparison_asks_both_indexes_what_was_answered_before(reopened: BuildHouse) -> None:
    house = reopened()
    found = compare(house.database, house.settings.retrieval, (meaning_of(house), meaning_of(house)))
    assert found == Compared(cases=1, before=1, after=1, lost=0, won=0)


@pytest.mark.parametrize(
    ("lost", "won", "worse"), [(0, 0, False), (3, 0, False), (5, 0, True), (9, 4, False), (4, 9, False)]
)
def test_worse_is_what_chance_does_not_explain(*, lost: int, won: int, worse: bool) -> None:
    assert Compared(cases=50, before=40, after=40 - lost + won, lost=lost, won=won).is_worse is worse


def test_a_wish_of_another_process_outlives_the_switch(reopened: BuildHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    house = reopened(embedding=OTHER)

    def compared(*_: object) -> Compared:
        house.indexes.ask("rollback")  # as `footnote reindex --rollback` does beside the running app
        return Compared(cases=1, before=1, after=1, lost=0, won=0)

    monkeypatch.setattr("rag.ingest.rebuilding.compare", compared)
    work_off(house)
    shelf = house.indexes.shelf()
    assert (shelf.active.embedding, shelf.previous and shelf.previous.embedding) == (Embedding(), OTHER)
    assert meaning_of(house).embedder.name == "hash"


def test_a_damage_in_the_middle_has_the_building_begun_again(
    reopened: BuildHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> Compared:
        raise Damaged

    house = reopened(embedding=OTHER)
    with monkeypatch.context() as patched:
        patched.setattr("rag.ingest.rebuilding.compare", damaged)
        with pytest.raises(Damaged):
            work_off(house)
    assert house.worker.rebuilding.progress() is None
    work_off(house)
    assert meaning_of(house).embedder.name == "small"


def test_a_missing_model_does_not_keep_the_index_from_being_taken_back(reopened: BuildHouse) -> None:
    first = reopened(embedding=OTHER)
    work_off(first)
    first.close()
    house = reopened(embedding=Embedding(model="missing"))
    work_off(house)
    house.indexes.ask("rollback")
    work_off(house)
    assert meaning_of(house).embedder.name == "hash"
