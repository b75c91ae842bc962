"""Documents: stored whole, listed with their progress, and removed without a trace in the index."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from store import catalogue, chunks, documents, lexical, texts
from store.engine import Database
from tests.store.asking import added

RULES = "You can stay until nine. Dogs must be on a leash."


def test_a_document_is_found_by_words_as_soon_as_it_is_committed(database: Database) -> None:
    with database.write() as session:
        document_id = added(session, RULES, pieces=2)
    with database.read() as session:
        (hit,) = lexical.search(session, ["leash"], 5)
        assert chunks.get(session, [hit.chunk_id])[hit.chunk_id].document_id == document_id


def test_chunks_are_spans_of_the_text(database: Database) -> None:
    with database.write() as session:
        added(session, RULES, pieces=3)
        found = chunks.waiting(session, 10)
    assert [chunk.ordinal for chunk in found] == [0, 1, 2]
    assert "".join(chunk.text for chunk in found) == RULES
    assert all(RULES[chunk.start : chunk.end] == chunk.text for chunk in found)


def test_a_slice_counts_characters_not_bytes(database: Database) -> None:
    with database.write() as session:
        document_id = added(session, "Öl kostet 5 € 🛢 je Fass.")
        assert texts.span(session, document_id, 10, 15) == "5 € 🛢"
        assert texts.whole(session, document_id) == "Öl kostet 5 € 🛢 je Fass."


def test_removal_takes_text_chunks_and_lexical_rows_and_notes_the_vectors(database: Database) -> None:
    with database.write() as session:
        document_id = added(session, RULES, pieces=2)
        chunk_ids = [chunk.id for chunk in chunks.waiting(session, 10)]
        removed = documents.remove(session, document_id)
    assert removed == documents.Removed("rules.md", "hash of rules.md", len(RULES), 2)
    with database.read() as session:
        assert texts.whole(session, document_id) is None
        assert chunks.get(session, chunk_ids) == {}
        assert lexical.search(session, ["leash"], 5) == []
        assert chunks.forgotten(session) == chunk_ids


def test_a_removal_that_is_rolled_back_removes_nothing(database: Database) -> None:
    with database.write() as session:
        document_id = added(session, RULES)

    def interrupted() -> None:
        with database.write() as session:
            documents.remove(session, document_id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    with database.read() as session:
        assert len(lexical.search(session, ["leash"], 5)) == 1
        assert chunks.forgotten(session) == []


def test_what_is_not_there_cannot_be_removed(database: Database) -> None:
    with database.write() as session:
        assert documents.remove(session, 7) is None


def test_ids_of_removed_chunks_are_never_used_again(database: Database) -> None:
    """A vector that was left behind must not speak for another chunk."""
    with database.write() as session:
        document_id = added(session, RULES)
        (before,) = chunks.waiting(session, 10)
        documents.remove(session, document_id)
        assert added(session, RULES) > document_id
        (after,) = chunks.waiting(session, 10)
    assert after.id > before.id


def test_the_same_file_is_stored_once(database: Database) -> None:
    with database.write() as session:
        document_id = added(session, RULES)
        assert documents.find_by_hash(session, "hash of rules.md") == document_id
    with pytest.raises(IntegrityError), database.write() as session:
        added(session, RULES)


def test_the_listing_tells_how_far_the_vectors_are(database: Database) -> None:
    with database.write() as session:
        added(session, RULES, pieces=2)
        empty = added(session, "", name="empty.md", pieces=1)
        chunks.mark_embedded(session, [chunks.waiting(session, 1)[0].id])
        listed = catalogue.listing(session)
        found = catalogue.find(session, empty)
    assert [(row.name, row.chunks, row.embedded) for row in listed] == [("empty.md", 0, 0), ("rules.md", 2, 1)]
    assert found == listed[0]


def test_an_index_that_is_gone_is_filled_again(database: Database) -> None:
    with database.write() as session:
        added(session, RULES, pieces=2)
        chunks.mark_embedded(session, [chunk.id for chunk in chunks.waiting(session, 10)])
        assert chunks.embedded_count(session) == 2
        chunks.mark_embedded(session, sorted(chunks.embedded_ids(session)), embedded=False)
        assert chunks.embedded_count(session) == 0
        assert len(chunks.waiting(session, 10)) == 2


def test_removed_vectors_are_crossed_off(database: Database) -> None:
    with database.write() as session:
        documents.remove(session, added(session, RULES, pieces=3))
        first = chunks.forgotten(session, limit=2)
        chunks.vectors_removed(session, first)
        assert len(first) == 2
        assert len(chunks.forgotten(session)) == 1


def test_no_byte_of_a_removed_document_is_left_in_the_file(database: Database) -> None:
    with database.write() as session:
        document_id = added(session, "The secret word is Xylophonist. " * 200, pieces=9)
    with database.write() as session:
        documents.remove(session, document_id)
        chunks.vectors_removed(session, chunks.forgotten(session))
        while lexical.purge(session):
            pass
    with database.connect() as connection:
        connection.execute(text("SELECT 1")).all()
        connection.rollback()
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = database.url.removeprefix("sqlite:///")
    with open(path, "rb") as file:  # noqa: PTH123
        assert b"xylophonist" not in file.read().lower()
