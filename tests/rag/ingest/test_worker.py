"""The worker: one step at a time, each of which can be taken again."""

import errno
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from rag.cancellation import Cancelled
from rag.house import House
from rag.ingest import worker
from rag.ingest.content import InnerFile, Unpacked, Unreadable
from rag.ingest.parsing import Parsed, Parser
from rag.retrieval.embedding import Vector
from store import documents, entries
from store.engine import Unavailable
from tests.conftest import BuildHouse, LibraryOf
from tests.fakes import DirectParser, HashEmbedder
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY, TRAVEL, answer_of, events_of

PATIENCE_S = 20


class HangingParser(DirectParser):
    """Parses until it is cancelled or closed."""

    def __init__(self) -> None:
        self.begun, self.closed = threading.Event(), threading.Event()

    def parse(self, request: Any, progress: Any, cancelled: Callable[[], bool]) -> Parsed:
        self.begun.set()
        while not self.closed.wait(0.01):
            if cancelled():
                raise Cancelled
        raise Unreadable("damaged", "The parser was ended.")

    def close(self) -> None:
        self.closed.set()


def wait_until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def kept_files(house: House) -> list[Path]:
    return [path for path in house.library.folder.rglob("*") if path.is_file()]


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
        patched.setattr("rag.ingest.reading.split", broken)
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


def test_a_file_goes_on_when_a_full_disk_has_room_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise Unavailable("database or disk is full")

    entry = house.library.add("travel.md", TRAVEL.encode())
    with monkeypatch.context() as disk:
        disk.setattr(entries, "move", full)
        with pytest.raises(Unavailable):
            house.worker.step()
    house.worker.step()
    assert states(house, entry) == ["embedding"]


def test_a_full_disk_is_not_taken_for_a_file_that_is_gone(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    entry = house.library.add("travel.md", TRAVEL.encode())
    monkeypatch.setattr(DirectParser, "parse", full)
    with pytest.raises(OSError, match="No space"):
        house.worker.step()
    assert states(house, entry) == ["queued"]


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

    house = build_house(embedder=lambda _: Removing())
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
    assert other.worker._threads == []
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


def test_the_threads_work_the_queue_off_and_wake_for_what_is_added(house: House) -> None:
    house.worker.start()
    entry = house.library.add("travel.md", TRAVEL.encode())
    wait_until(lambda: not house.library.unfinished())
    assert states(house, entry) == ["done"]


def test_closing_in_the_middle_of_a_file_puts_it_back(build_house: BuildHouse) -> None:
    parsing = HangingParser()
    house = build_house(parser=lambda _: parsing)
    house.worker.start()
    entry = house.library.add("travel.md", TRAVEL.encode())
    assert parsing.begun.wait(PATIENCE_S)
    house.worker.close()
    assert states(house, entry) == ["queued"]


def test_a_file_that_hangs_in_its_parser_holds_up_no_other(build_house: BuildHouse) -> None:
    hanging = HangingParser()
    parsers: list[Parser] = [hanging, DirectParser()]
    house = build_house(parser=lambda _: parsers.pop(0))
    stuck = house.library.add("stuck.md", b"words")
    threading.Thread(target=house.worker._readings[0].step, daemon=True).start()
    assert hanging.begun.wait(PATIENCE_S)
    entry = house.library.add("travel.md", TRAVEL.encode())
    house.worker._readings[1].step()
    assert states(house, stuck, entry) == ["reading", "embedding"]


def test_embedding_gives_way_to_answers(build_house: BuildHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    house = build_house()
    monkeypatch.setattr(worker, "GIVE_WAY_S", 0.3)
    waited: list[bool] = []
    monkeypatch.setattr(house.worker, "_busy", lambda: not waited.append(True))
    house.worker._give_way()
    assert len(waited) > 1


# cancel and retry


def test_a_file_that_waits_is_cancelled_at_once_and_its_bytes_go(house: House) -> None:
    entry = house.library.add("travel.md", TRAVEL.encode())
    house.library.cancel(entry)
    assert states(house, entry) == ["cancelled"]
    assert not house.worker.step()
    assert kept_files(house) == []


def test_a_file_that_is_being_parsed_is_cancelled(build_house: BuildHouse) -> None:
    parsing = HangingParser()
    house = build_house(parser=lambda _: parsing)
    entry = house.library.add("travel.md", TRAVEL.encode())
    step = threading.Thread(target=house.worker.step)
    step.start()
    assert parsing.begun.wait(PATIENCE_S)
    house.library.cancel(entry)
    step.join(PATIENCE_S)
    assert (states(house, entry), kept_files(house), house.library.unfinished()) == (["cancelled"], [], [])


def test_what_waits_for_its_vectors_is_cancelled_whole(house: House) -> None:
    entry = house.library.add("travel.md", TRAVEL.encode())
    house.worker.step()
    house.library.cancel(entry)
    assert (states(house, entry), house.library.count(), kept_files(house)) == (["cancelled"], 0, [])


def test_a_cancelled_file_can_be_added_again(house: House, library_of: LibraryOf) -> None:
    house.library.cancel(house.library.add("travel.md", TRAVEL.encode()))
    assert set(library_of(house, {"travel.md": TRAVEL})) == {"travel.md"}


def test_what_failed_can_be_tried_again(build_house: BuildHouse) -> None:
    class Recovering(DirectParser):
        broken = True

        def parse(self, *asked: Any) -> Parsed:
            if self.broken:
                raise Unreadable("damaged", "travel.md is damaged.")
            return super().parse(*asked)

    parser = Recovering()
    house = build_house(parser=lambda _: parser)
    entry = house.library.add("travel.md", TRAVEL.encode())
    house.worker.step()
    assert [record.problem for record in house.library.failed()] == ["travel.md is damaged."]
    parser.broken = False
    house.library.retry(entry)
    house.worker.step()
    assert (states(house, entry), house.library.failed()) == (["embedding"], [])


def test_pages_read_are_noted(build_house: BuildHouse) -> None:
    class Paging(DirectParser):
        def parse(self, request: Any, progress: Callable[[int, int], None], cancelled: Any) -> Parsed:
            progress(3, 12)
            (record,) = house.library.unfinished()
            seen.append((record.state, record.parts_done, record.parts))
            return super().parse(request, progress, cancelled)

    seen: list[tuple[str, int, int]] = []
    house = build_house(parser=lambda _: Paging())
    house.library.add("travel.md", TRAVEL.encode())
    house.worker.step()
    assert seen == [("reading", 3, 12)]


# new versions


def test_a_new_version_takes_the_place_of_the_old_one(house: House, library_of: LibraryOf) -> None:
    first = library_of(house, {"travel.md": TRAVEL})
    second = library_of(
        house, {"travel.md": TRAVEL.replace(HOTEL_SENTENCE, "A hotel night is reimbursed up to 195 EUR.")}
    )
    (record,) = house.library.listing()
    assert (first, record.version, record.embedded) == (second, 2, record.chunks)
    assert "195" in answer_of(events_of(house, HOTEL)).text
    assert len(kept_files(house)) == 1


def test_the_same_words_under_another_name_are_no_second_document(house: House, library_of: LibraryOf) -> None:
    ids = library_of(house, {"travel.md": TRAVEL, "copy.md": TRAVEL})
    assert ids["travel.md"] == ids["copy.md"]
    assert house.library.count() == 1


def test_a_file_that_becomes_like_another_one_is_not_there_twice(house: House, library_of: LibraryOf) -> None:
    library_of(house, {"a.md": TRAVEL, "b.md": "Something else entirely."})
    library_of(house, {"b.md": TRAVEL})
    assert [record.name for record in house.library.listing()] == ["a.md"]


def test_the_files_of_an_archive_are_documents_of_their_own(build_house: BuildHouse) -> None:
    class Archive(DirectParser):
        def parse(self, request: Any, *rest: Any) -> Parsed:
            if request.name == "all.txt":
                return Unpacked((InnerFile("a/travel.md", TRAVEL.encode()), InnerFile("b/x.exe", b"MZ")))
            return super().parse(request, *rest)

    house = build_house(parser=lambda _: Archive())
    entry = house.library.add("all.txt", b"an archive")
    while house.worker.step():
        pass
    archive, inner = house.library.progress([entry])
    assert archive.state == "done"
    assert str(archive.notice).startswith("2 files in it. x.exe is of a kind that cannot be read")
    assert (inner.state, inner.source) == ("done", "all.txt!/a/travel.md")
    assert [record.source for record in house.library.listing()] == ["all.txt!/a/travel.md"]


def test_cancelling_an_archive_while_its_files_are_queued_leaves_nothing(build_house: BuildHouse) -> None:
    class Archive(DirectParser):
        def parse(self, request: Any, *_: Any) -> Parsed:
            house.library.add("first.md", b"One.", source="a", parent_id=house.library.unfinished()[0].id)
            house.library.cancel(entry)
            return Unpacked((InnerFile("second.md", b"Two."),))

    house = build_house(parser=lambda _: Archive())
    entry = house.library.add("all.txt", b"an archive")
    assert house.worker.step()
    assert not house.worker.step()
    assert states(house, entry) == ["cancelled", "cancelled"]
    assert kept_files(house) == []


def test_cancelling_an_older_version_keeps_the_newer_one(house: House) -> None:
    older = house.library.add("travel.md", TRAVEL.encode())
    house.worker.step()
    house.library.add("travel.md", f"{TRAVEL}\nMore.".encode())
    house.worker.step()
    house.library.cancel(older)
    assert [record.version for record in house.library.listing()] == [2]


def test_two_attachments_of_one_name_are_two_documents(build_house: BuildHouse) -> None:
    class Mail(DirectParser):
        def parse(self, request: Any, *rest: Any) -> Parsed:
            if request.name == "all.txt":
                return Unpacked((InnerFile("a.md", b"One."), InnerFile("a.md", b"Two.")))
            return super().parse(request, *rest)

    house = build_house(parser=lambda _: Mail())
    house.library.add("all.txt", b"a mail")
    while house.worker.step():
        pass
    assert [record.source for record in house.library.listing()] == ["all.txt!/a (2).md", "all.txt!/a.md"]
