"""The worker: one step at a time, each of which can be taken again."""

import threading
from collections.abc import Sequence

import pytest

from rag.bootstrap import House
from rag.retrieval.embedding import Vector
from store import documents, entries
from store.engine import Unavailable
from tests.conftest import BuildHouse, LibraryOf
from tests.fakes import HashEmbedder
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY, TRAVEL, answer_of, events_of

PATIENCE_S = 20


def states(house: House, *ids: int) -> list[str]:
    return [record.state for record in house.library.progress(ids)]


def test_a_document_is_searchable_after_one_step_and_its_vectors_follow(house: House) -> None:
    entry = house.library.add("travel.md", TRAVEL.encode())
    assert house.worker.step()
    assert states(house, entry) == ["embedding"]
    assert HOTEL_SENTENCE in answer_of(events_of(house, HOTEL)).text
    assert house.worker.step()
    assert states(house, entry) == ["done"]
    assert not house.worker.step()


def test_vectors_come_in_portions(house: House) -> None:
    text = "".join(f"# Part {n}\n\nThe pump number {n} is checked by somebody. {'Well. ' * 60}\n\n" for n in range(20))
    entry = house.library.add("long.md", text.encode())
    house.worker.step()
    house.worker.step()
    (record,) = house.library.progress([entry])
    assert (record.state, record.embedded, record.chunks >= 16) == ("embedding", 8, True)


def test_who_added_a_file_is_kept(house: House) -> None:
    house.library.add("travel.md", TRAVEL.encode(), added_by="ana")
    house.worker.step()
    with house.database.connect() as connection:
        assert connection.exec_driver_sql("SELECT added_by FROM documents").scalars().all() == ["ana"]


def test_a_file_that_cannot_be_read_does_not_hold_up_the_next(house: House, library_of: LibraryOf) -> None:
    ids = library_of(house, {"broken.docx": b"PK\x03\x04 no archive", **LIBRARY})
    assert set(ids) == set(LIBRARY)
    (failed,) = house.library.failed()
    assert failed.name == "broken.docx"
    assert failed.problem is not None
    assert failed.problem.endswith(".")


def test_a_kept_file_that_vanished_is_told(house: House, caplog: pytest.LogCaptureFixture) -> None:
    entry = house.library.add("travel.md", TRAVEL.encode())
    (record,) = house.library.progress([entry])
    house.library.path(record.content_hash).unlink()
    house.worker.step()
    (failed,) = house.library.failed()
    assert failed.problem == "travel.md is no longer on the disk; add it again."


def test_a_bug_of_ours_fails_its_file_alone(
    house: House, monkeypatch: pytest.MonkeyPatch, library_of: LibraryOf
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    entry = house.library.add("travel.md", TRAVEL.encode())
    with monkeypatch.context() as patched:
        patched.setattr("rag.ingest.worker.split", broken)
        with pytest.raises(ZeroDivisionError):
            house.worker.step()
    assert states(house, entry) == ["failed"]
    assert set(library_of(house, {"refunds.md": LIBRARY["refunds.md"]})) == {"refunds.md"}


def test_a_file_waits_while_the_database_cannot_be_written(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(*_: object) -> int:
        raise Unavailable("database is locked")

    entry = house.library.add("travel.md", TRAVEL.encode())
    with monkeypatch.context() as patched:
        patched.setattr(documents, "add", unavailable)
        with pytest.raises(Unavailable):
            house.worker.step()
    assert states(house, entry) == ["queued"]
    house.worker.step()
    assert states(house, entry) == ["embedding"]


def test_what_a_dead_process_was_reading_is_read_again(house: House) -> None:
    entry = house.library.add("travel.md", TRAVEL.encode())
    with house.database.write() as session:
        entries.move(session, entry, "reading")
    assert not house.worker.step()
    house.worker.recover()
    assert house.worker.step()
    assert states(house, entry) == ["embedding"]


def test_a_document_removed_while_it_is_embedded_leaves_no_vector(build_house: BuildHouse) -> None:
    class Removing(HashEmbedder):
        """Somebody removes the document in the middle of the work."""

        def passages(self, texts: Sequence[str]) -> list[Vector]:
            for row in house.library.listing():
                house.library.remove(row.id)
            return super().passages(texts)

    house = build_house(embedder=Removing)
    house.library.add("travel.md", TRAVEL.encode())
    while house.worker.step():
        pass
    meaning = house.warmup.meaning()
    assert meaning is not None
    assert (house.library.count(), meaning.index.count()) == (0, 0)


def test_a_process_that_does_not_own_the_index_only_queues(build_house: BuildHouse) -> None:
    owner, other = build_house(), build_house()
    assert (owner.owns_index, other.owns_index) == (True, False)
    entry = other.library.add("travel.md", TRAVEL.encode())
    other.start()
    assert other.worker._thread is None
    assert states(other, entry) == ["queued"]
    while owner.worker.step():
        pass
    assert states(other, entry) == ["done"]
    assert HOTEL_SENTENCE in answer_of(events_of(other, HOTEL)).text


def test_an_index_that_was_lost_is_filled_again_from_the_database(
    build_house: BuildHouse, library_of: LibraryOf
) -> None:
    first = build_house()
    library_of(first, LIBRARY)
    first.close()
    for path in sorted((first.settings.data_dir / "chroma").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    second = build_house()
    while second.worker.step():
        pass
    meaning = second.warmup.meaning()
    assert meaning is not None
    assert meaning.index.count() == 2


def test_the_thread_works_the_queue_off_and_wakes_for_what_is_added(house: House) -> None:
    done = threading.Event()
    step = house.worker.step

    def told() -> bool:
        worked = step()
        if not house.library.unfinished() and house.library.count():
            done.set()
        return worked

    house.worker.step = told  # type: ignore[method-assign]
    house.worker.start()
    house.library.add("travel.md", TRAVEL.encode())
    assert done.wait(PATIENCE_S)
