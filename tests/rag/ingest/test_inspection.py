"""Drift between SQL, the vector index and the files: found, mended, told."""

import os

import pytest

from rag.house import House
from rag.ingest import inspection
from rag.ingest.inspection import Drift
from rag.retrieval.vectors import Damaged, VectorIndex
from store import lexical
from tests.conftest import LibraryOf
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY, answer_of, events_of


def index_of(house: House) -> VectorIndex:
    meaning = house.warmup.meaning()
    assert meaning is not None
    return meaning.index


def inspected(house: House) -> Drift:
    return inspection.inspect(house.database, house.library, index_of(house))


@pytest.fixture
def filled(house: House, library_of: LibraryOf) -> House:
    library_of(house, LIBRARY)
    return house


def test_a_house_in_order_has_no_drift(filled: House) -> None:
    found = inspected(filled)
    assert (found.is_none, found.sentences()) == (True, ["Everything fits together."])


def test_lost_vectors_are_made_again(filled: House) -> None:
    index_of(filled).remove(sorted(index_of(filled).ids())[:1])
    assert inspected(filled) == Drift(missing_vectors=1)
    while filled.worker.step():
        pass
    assert index_of(filled).count() == 2
    assert inspected(filled).is_none


def test_vectors_of_no_chunk_are_removed(filled: House) -> None:
    index_of(filled).add([999], [[1.0, *[0.0] * 383]])
    assert inspected(filled) == Drift(stray_vectors=1)
    assert 999 not in index_of(filled).ids()


def test_a_full_text_index_that_does_not_fit_is_made_anew(filled: House) -> None:
    with filled.database.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("INSERT INTO chunk_fts(chunk_fts) VALUES ('delete-all')")
    with filled.database.read() as session:
        assert lexical.search(session, ["hotel"], 5) == []
    assert inspected(filled) == Drift(lexical_rebuilt=True)
    assert HOTEL_SENTENCE in answer_of(events_of(filled, HOTEL)).text
    assert inspected(filled).is_none


def test_files_that_belong_to_nothing_are_deleted(filled: House) -> None:
    stray = filled.library.path("ab" * 32)
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"left behind")
    assert inspected(filled).is_none  # it may be an upload of this moment
    os.utime(stray, (1, 1))
    assert inspected(filled) == Drift(stray_files=1)
    assert not stray.exists()


def test_an_original_that_is_gone_is_named(filled: House) -> None:
    (gone, _) = filled.library.listing()
    with filled.database.connect() as connection:
        content = connection.exec_driver_sql(f"SELECT content_hash FROM documents WHERE id = {gone.id}").scalar()
    filled.library.path(str(content)).unlink()
    found = inspected(filled)
    assert found.missing_files == (gone.name,)
    assert gone.name in found.sentences()[0]


def test_without_the_index_the_rest_is_looked_at(filled: House) -> None:
    found = inspection.inspect(filled.database, filled.library, None)
    assert (found.is_none, found.sentences()) == (
        True,
        ["The vectors were not looked at: search by meaning is not ready here."],
    )


def test_an_index_that_does_not_answer_is_opened_again(filled: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> set[int]:
        raise Damaged("The index is broken.")

    index = index_of(filled)
    monkeypatch.setattr(index, "ids", broken)
    with pytest.raises(Damaged):
        filled.check()
    filled.warmup.wait_for_meaning()
    assert index_of(filled) is not index
    assert filled.check().is_none
