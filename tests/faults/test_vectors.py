"""The vector index gone or damaged, or its model missing: words answer at once, and meaning comes back by itself."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.house import House
from rag.retrieval.embedding import ModelMissing
from rag.retrieval.vectors import ChromaIndex, Damaged
from rag.settings import Embedding
from tests.conftest import BuildHouse, LibraryOf
from tests.e2e.running import eventually
from tests.fakes import HashEmbedder
from tests.faults import storage
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY, answer_of, events_of

PATIENCE_S = 30
WHOLE = f"{HOTEL_SENTENCE} [1]"
Damage = Callable[[Path], None]


def removed(folder: Path) -> None:
    shutil.rmtree(folder)


def emptied(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"")


def overwritten(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"no database" * (path.stat().st_size // 11))


def cut_short(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def replaced_by_a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"not a folder")


DAMAGES: list[Damage] = [removed, emptied, overwritten, cut_short, replaced_by_a_file]


def by(house: House) -> str | None:
    """Why a search went by words alone; None when it went by meaning as well."""
    return house.retriever.search(HOTEL).lesser


def answer(house: House) -> str:
    return answer_of(events_of(house, HOTEL)).text


@pytest.mark.parametrize("damage", DAMAGES)
def test_an_index_damaged_while_the_app_stood_still_is_filled_again(
    build_house: BuildHouse, library_of: LibraryOf, damage: Damage
) -> None:
    first = build_house()
    library_of(first, LIBRARY)
    first.close()
    damage(first.settings.data_dir / "chroma")
    house = build_house()
    assert answer(house) == WHOLE
    house.worker.start()
    eventually(lambda: (by(house), house.check().is_none), (None, True), PATIENCE_S)
    assert answer(house) == WHOLE


@pytest.mark.parametrize("damage", DAMAGES)
def test_an_index_damaged_under_the_running_app_is_no_trouble_to_readers(
    build_house: BuildHouse, library_of: LibraryOf, damage: Damage
) -> None:
    house = build_house()
    library_of(house, LIBRARY)
    damage(house.settings.data_dir / "chroma")
    assert [answer(house) for _ in range(3)] == [WHOLE] * 3
    house.worker.start()
    entry = house.library.add("later.md", b"# Later\n\nThe lamp is lit at half past six.")
    eventually(lambda: house.library.progress([entry])[0].state, "done", PATIENCE_S)
    assert "half past six" in answer_of(events_of(house, "When is the lamp lit?")).text
    assert by(house) is None
    house.close()
    after = build_house()
    after.worker.start()
    eventually(lambda: (by(after), after.check().is_none), (None, True), PATIENCE_S)


def test_an_index_that_stops_answering_is_opened_again_by_itself(
    build_house: BuildHouse, library_of: LibraryOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = build_house()
    library_of(house, LIBRARY)
    with monkeypatch.context() as broken:
        broken.setattr(ChromaIndex, "search", _damaged)
        assert (by(house), answer(house)) == ("vectors_damaged", WHOLE)
    eventually(lambda: by(house), None, PATIENCE_S)


def _damaged(*_: object) -> None:
    raise Damaged("Error loading hnsw index")


def test_without_room_for_the_index_words_answer_until_there_is_some(
    build_house: BuildHouse, library_of: LibraryOf, small_disk: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.warmup.AGAIN_S", 0.1)
    house = build_house(data_dir=tmp_path / "small" / "data")
    library_of(house, LIBRARY)
    meaning = house.warmup.meaning()
    assert meaning is not None
    meaning.index.close()  # else its files keep their room
    shutil.rmtree(house.settings.data_dir / "chroma")
    with storage.full(house):
        house.warmup.report_damage(meaning)
        eventually(lambda: by(house), "vectors_damaged", PATIENCE_S)
        assert answer(house) == WHOLE
    house.worker.start()
    eventually(lambda: (by(house), house.check().is_none), (None, True), PATIENCE_S)


def _no_model(_: Embedding) -> HashEmbedder:
    raise ModelMissing("The embedding model is not there.")


def test_without_its_model_meaning_is_elsewhere_and_words_answer(
    build_house: BuildHouse, library_of: LibraryOf
) -> None:
    house = build_house(embedder=_no_model)
    library_of(house, LIBRARY)
    assert (by(house), answer(house)) == ("vectors_elsewhere", WHOLE)
    assert house.library.count() == 2
    house.close()
    again = build_house()
    again.worker.start()
    eventually(lambda: by(again), None, PATIENCE_S)
