"""The ingest queue."""

import pytest
from sqlalchemy.orm import Session

from store import chunks, documents, entries, progress
from store.engine import Database
from store.records import EntryState
from tests.store.asking import added


def queued(session: Session, name: str = "rules.md") -> int:
    return entries.add(session, name=name, content_hash=f"hash of {name}", size=5, added_by=None)


def test_the_oldest_file_is_next(database: Database) -> None:
    with database.write() as session:
        first, second = queued(session), queued(session, "b.md")
        assert entries.claim(session).id == first  # type: ignore[union-attr]
        entries.move(session, first, "reading")
        assert entries.claim(session).id == second  # type: ignore[union-attr]


def test_a_later_version_waits_for_the_earlier_one(database: Database) -> None:
    with database.write() as session:
        first, second, other = queued(session), queued(session), queued(session, "b.md")
        assert [entries.claim(session).id for _ in range(2)] == [first, other]  # type: ignore[union-attr]
        assert not entries.any_queued(session)
        entries.move(session, first, "done")
        assert entries.claim(session).id == second  # type: ignore[union-attr]


def test_an_empty_queue_has_no_next(database: Database) -> None:
    with database.read() as session:
        assert entries.claim(session) is None


def test_what_a_dead_process_was_reading_is_queued_again(database: Database) -> None:
    with database.write() as session:
        entry = queued(session)
        entries.move(session, entry, "reading")
        entries.requeue_unread(session)
        assert entries.claim(session).id == entry  # type: ignore[union-attr]


def test_an_entry_is_done_when_each_chunk_has_its_vector(database: Database) -> None:
    with database.write() as session:
        entry = queued(session)
        entries.move(session, entry, "embedding", document_id=added(session, "One. Two.", pieces=2))
        first, second = chunks.waiting(session, 2)
        states = []
        for chunk in (first, second):
            chunks.mark_embedded(session, [chunk.id])
            entries.finish_embedded(session)
            (record,) = progress.get(session, [entry])
            states.append((record.state, record.embedded, record.chunks))
    assert states == [("embedding", 1, 2), ("done", 2, 2)]


def test_what_is_unfinished_and_what_failed_is_listed_apart(database: Database) -> None:
    with database.write() as session:
        waiting, broken = queued(session), queued(session, "b.pdf")
        entries.move(session, broken, "failed", problem="b.pdf is damaged.")
        assert [entry.id for entry in progress.unfinished(session)] == [waiting]
        assert [(entry.id, entry.problem) for entry in progress.failed(session)] == [(broken, "b.pdf is damaged.")]


@pytest.mark.parametrize("state", ["queued", "done"])
def test_only_what_failed_can_be_dismissed(database: Database, state: EntryState) -> None:
    with database.write() as session:
        entry = queued(session)
        entries.move(session, entry, state)
        assert entries.dismiss(session, entry) is None
        entries.move(session, entry, "failed")
        assert entries.dismiss(session, entry) == "hash of rules.md"
        assert progress.get(session, [entry]) == []


def test_an_entry_goes_with_its_document(database: Database) -> None:
    with database.write() as session:
        entry, document_id = queued(session), added(session, "One.")
        entries.move(session, entry, "embedding", document_id=document_id)
        documents.remove(session, document_id)
        assert progress.get(session, [entry]) == []


def test_a_newer_file_from_the_same_source_waits_for_the_older_one(database: Database) -> None:
    with database.write() as session:
        older, newer, other = queued(session), queued(session), queued(session, "b.md")
        claimed = [entries.claim(session), entries.claim(session), entries.claim(session)]
        assert [entry and entry.id for entry in claimed] == [older, other, None]
        entries.move(session, older, "embedding")
        assert entries.claim(session).id == newer  # type: ignore[union-attr]


def test_an_older_version_is_not_tried_again_once_a_newer_one_is_in(database: Database) -> None:
    with database.write() as session:
        older, newer = queued(session), queued(session)
        entries.move(session, older, "failed", problem="rules.md is damaged.")
        entries.move(session, newer, "done")
        assert entries.retry(session, older) is False
        (record,) = progress.failed(session)
    assert "newer version" in str(record.problem)


def test_what_came_in_long_ago_is_forgotten(database: Database) -> None:
    with database.write() as session:
        old, young, broken = queued(session, "a.md"), queued(session, "b.md"), queued(session, "c.md")
        for entry, state in ((old, "done"), (young, "done"), (broken, "failed")):
            entries.move(session, entry, state)  # type: ignore[arg-type]
        session.connection().exec_driver_sql(f"UPDATE entries SET updated_at = '2020-01-01' WHERE id != {young}")
        entries.prune(session)
        assert [record.id for record in progress.get(session, [old, young, broken])] == [young, broken]


def test_the_first_in_the_queue_know_exactly_what_is_ahead_of_them(database: Database) -> None:
    """The others are told what is ahead of the last one."""
    with database.write() as session:
        for number in range(25):
            entry = queued(session, f"{number}.md")
            entries.move(session, entry, "embedding", document_id=added(session, f"One. {number}", name=f"{number}.md"))
        ahead = [record.ahead for record in progress.unfinished(session)]
    assert ahead == [*range(1, 21), *[25] * 5]
