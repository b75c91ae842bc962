"""The library: what goes in, what is known already, and what goes out without leaving anything behind."""

import threading

import pytest

from rag.house import House
from rag.ingest.content import Unreadable
from rag.retrieval.embedding import Embedder, ModelMissing
from rag.retrieval.vectors import ChromaIndex
from rag.settings import Embedding
from store import lexical
from tests.conftest import BuildHouse, LibraryOf
from tests.rag.answering import LIBRARY, TRAVEL


def index_of(house: House) -> ChromaIndex:
    meaning = house.warmup.meaning()
    assert meaning is not None
    assert isinstance(meaning.index, ChromaIndex)
    return meaning.index


def work_off(house: House) -> None:
    while house.worker.step():
        pass


def state_of(house: House, entry: int) -> str:
    (record,) = house.library.progress([entry])
    return record.state


def test_a_document_that_was_added_is_listed_with_its_vectors(house: House, library_of: LibraryOf) -> None:
    ids = library_of(house, LIBRARY)
    listed = {row.name: (row.id, row.chunks, row.embedded) for row in house.library.listing()}
    assert listed == {name: (ids[name], 1, 1) for name in LIBRARY}
    assert (house.library.count(), index_of(house).count()) == (2, 2)
    assert house.library.unfinished() == []


def test_the_same_content_is_recognised_under_any_name(house: House, library_of: LibraryOf) -> None:
    ids = library_of(house, {"travel.md": TRAVEL})
    entry = house.library.add("Copy of travel.md", TRAVEL.encode())
    (record,) = house.library.progress([entry])
    assert (record.state, record.document_id, house.library.count()) == ("known", ids["travel.md"], 1)


def test_the_same_content_twice_in_the_queue_is_stored_once(house: House) -> None:
    entries = [house.library.add(name, TRAVEL.encode()) for name in ("a.md", "b.md")]
    work_off(house)
    assert [record.state for record in house.library.progress(entries)] == ["done", "known"]
    assert house.library.count() == 1


def test_the_same_file_may_be_added_from_many_threads_at_once(house: House) -> None:
    data = b"word " * 400_000
    errors: list[Exception] = []
    start = threading.Barrier(6)

    def add() -> None:
        start.wait()
        try:
            house.library.add("big.txt", data)
        except Exception as error:  # noqa: BLE001 - shown by the test
            errors.append(error)

    threads = [threading.Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len([path for path in house.settings.data_dir.rglob("originals/*/*") if path.is_file()]) == 1


def test_deletion_removes_text_chunks_lexical_rows_vectors_and_file(house: House, library_of: LibraryOf) -> None:
    ids = library_of(house, LIBRARY)
    removed = house.library.remove(ids["travel.md"])
    work_off(house)
    assert removed is not None
    assert (removed.name, removed.chunks) == ("travel.md", 1)
    assert house.library.text(ids["travel.md"]) is None
    assert index_of(house).count() == 1
    assert not house.library.path(removed.content_hash).exists()
    with house.database.read() as session:
        assert lexical.search(session, ["hotel"], 5) == []
    with house.database.connect() as connection:
        for table in ("document_texts", "chunks", "forgotten_vectors", "entries"):
            where = "" if table == "forgotten_vectors" else f" WHERE document_id = {ids['travel.md']}"
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}{where}").scalar() == 0


def test_what_was_deleted_can_be_added_again(house: House, library_of: LibraryOf) -> None:
    ids = library_of(house, {"travel.md": TRAVEL})
    house.library.remove(ids["travel.md"])
    again = library_of(house, {"travel.md": TRAVEL})
    assert again["travel.md"] > ids["travel.md"]
    assert (house.library.count(), index_of(house).count()) == (1, 1)


def test_deleting_what_is_not_there_says_so(house: House) -> None:
    assert house.library.remove(7) is None


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [("a.exe", b"x", "unsupported"), ("noending", b"x", "unsupported"), ("a.md", b"", "empty")],
)
def test_what_can_be_seen_at_once_is_refused_at_once(house: House, name: str, data: bytes, kind: str) -> None:
    with pytest.raises(Unreadable, match=name) as raised:
        house.library.add(name, data)
    assert raised.value.kind == kind
    assert house.library.unfinished() == []


def test_a_file_over_the_limit_is_refused(house: House) -> None:
    house.library.max_bytes = 10
    with pytest.raises(Unreadable) as raised:
        house.library.add("a.md", b"x" * 11)
    assert raised.value.kind == "too_large"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/rules.md", "rules.md"),
        ("C:\\files\\rules.md", "rules.md"),
        ("ru\u202eles\n.md", "rules.md"),
        ("x" * 300 + ".md", "x" * 197 + ".md"),
    ],
)
def test_a_name_is_only_a_name(house: House, given: str, kept: str) -> None:
    (record,) = house.library.progress([house.library.add(given, b"words")])
    assert record.name == kept


def test_a_file_that_failed_is_listed_until_it_is_dismissed(house: House) -> None:
    entry = house.library.add("broken.pdf", b"%PDF-1.4 nothing")
    work_off(house)
    (record,) = house.library.failed()
    assert (record.id, "broken.pdf" in (record.problem or "")) == (entry, True)
    house.library.dismiss(entry)
    assert house.library.failed() == []
    assert not house.library.path(record.content_hash).exists()


def test_no_trace_keeps_the_words_of_a_deleted_document(house: House, library_of: LibraryOf) -> None:
    ids = library_of(house, LIBRARY)
    asked = house.assistant.ask("ana", "How much is reimbursed for a hotel night?")
    while house.assistant.snapshot("ana", asked.answer_id, 99, 0.1):
        pass
    house.library.remove(ids["travel.md"])
    with house.database.connect() as connection:
        traces = connection.exec_driver_sql("SELECT passages FROM traces").scalars().all()
    assert not any("second class" in trace for trace in traces)


def test_deleted_words_leave_the_index_without_a_model_too(build_house: BuildHouse) -> None:
    def missing(_: Embedding) -> Embedder:
        raise ModelMissing("There is no model.")

    house = build_house(embedder=missing)
    house.library.add("secret.md", b"The secret word is xylophonist. " * 50)
    work_off(house)
    house.library.remove(house.library.listing()[0].id)
    work_off(house)
    with house.database.connect() as connection:
        kept = connection.exec_driver_sql("SELECT block FROM chunk_fts_data").scalars().all()
    assert not any(b"xylophonist" in bytes(block) for block in kept)


def test_deleted_words_leave_the_index_in_whatever_order_documents_go(house: House, library_of: LibraryOf) -> None:
    """The chunks of the older document have the smaller ids."""
    older, newer = "The secret word is xylophonist. " * 50, "The other secret is quetzalcoatl. " * 50
    ids = library_of(house, {"older.md": older, "newer.md": newer})
    for name in ("newer.md", "older.md"):
        house.library.remove(ids[name])
        work_off(house)
    with house.database.connect() as connection:
        kept = b"".join(bytes(b) for b in connection.exec_driver_sql("SELECT block FROM chunk_fts_data").scalars())
    assert (b"xylophonist" in kept, b"quetzalcoatl" in kept) == (False, False)
