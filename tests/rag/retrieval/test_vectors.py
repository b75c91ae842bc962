"""The vector index on disk: real Chroma."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.retrieval.vectors import ChromaIndex, Damaged, open_index
from tests.fakes import HashEmbedder


def axis(n: int) -> list[float]:
    return [1.0 if i == n else 0.0 for i in range(HashEmbedder.dimensions)]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ChromaIndex]:
    opened = open_index(tmp_path / "chroma", dimensions=384)
    yield opened
    opened.close()


def test_the_nearest_come_first_with_their_cosine(index: ChromaIndex) -> None:
    index.add([1, 2], [axis(0), axis(1)])
    found = index.search([0.8, 0.6, *axis(0)[2:]], 5)
    assert [(near.chunk_id, round(near.cosine, 3)) for near in found] == [(1, 0.8), (2, 0.6)]


def test_adding_again_replaces(index: ChromaIndex) -> None:
    index.add([1], [axis(0)])
    index.add([1], [axis(1)])
    assert (index.count(), round(index.search(axis(1), 1)[0].cosine, 3)) == (1, 1)


def test_what_is_removed_is_not_found_any_more(index: ChromaIndex) -> None:
    index.add([1, 2], [axis(0), axis(1)])
    index.remove([1, 7])
    assert [near.chunk_id for near in index.search(axis(0), 5)] == [2]


def test_an_empty_index_finds_nothing(index: ChromaIndex) -> None:
    assert (index.search(axis(0), 5), index.count()) == ([], 0)


def test_vectors_of_another_size_are_damage_not_a_crash(index: ChromaIndex) -> None:
    index.add([1], [axis(0)])
    with pytest.raises(Damaged):
        index.search([1.0, 0.0], 1)


def test_vectors_outlive_the_process(tmp_path: Path) -> None:
    first = open_index(tmp_path / "chroma", dimensions=384)
    first.add([1], [axis(0)])
    first.close()
    second = open_index(tmp_path / "chroma", dimensions=384)
    assert (second.count(), second.ids()) == (1, {1})
    second.close()


def test_a_damaged_index_is_replaced_by_an_empty_one(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 100)
    index = open_index(tmp_path / "chroma", dimensions=384)
    assert index.count() == 0
    assert "is damaged" in caplog.text
    index.close()


def test_an_index_that_a_full_disk_keeps_shut_is_not_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    kept = tmp_path / "chroma" / "chroma.sqlite3"
    kept.parent.mkdir()
    kept.write_bytes(b"cannot be opened")
    monkeypatch.setattr("rag.retrieval.vectors._check_room", full)
    with pytest.raises(OSError, match="No space"):
        open_index(tmp_path / "chroma", dimensions=384)
    assert kept.exists()


def test_an_index_of_a_model_with_other_dimensions_is_replaced_by_an_empty_one(tmp_path: Path) -> None:
    first = open_index(tmp_path / "chroma", dimensions=384)
    first.add([1], [axis(0)])
    first.close()
    second = open_index(tmp_path / "chroma", dimensions=8)
    assert second.count() == 0
    second.close()


def test_a_server_that_is_not_there_is_not_mended(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"(?i)connect"):
        open_index(tmp_path / "chroma", "http://127.0.0.1:9", dimensions=384)


def test_an_index_that_another_thread_closed_is_damage_not_a_crash(tmp_path: Path) -> None:
    index = open_index(tmp_path / "chroma", dimensions=384)
    index.close()
    with pytest.raises(Damaged):
        index.search(axis(0), 1)
