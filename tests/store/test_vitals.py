"""How far the library is, and how the database does."""

from store import entries, vitals
from store.engine import HEAD, Database
from store.models import Entry
from store.records import LibraryCounts
from tests.store.asking import added, asked


def library(database: Database, process: str = "process") -> LibraryCounts:
    with database.read() as session:
        return vitals.library(session, process)


def test_an_empty_library_counts_nothing(database: Database) -> None:
    assert library(database) == LibraryCounts(0, 0, 0, 0, 0)


def test_chunks_and_their_vectors_are_counted(database: Database) -> None:
    with database.write() as session:
        added(session, "The lamp is lit at dusk.")
    found = library(database)
    assert (found.documents, found.chunks > 0, found.embedded) == (1, True, 0)


def test_files_are_counted_by_how_they_do(database: Database) -> None:
    with database.write() as session:
        ids = [entries.add(session, name=n, content_hash=n, size=1, added_by=None) for n in "abc"]
        session.get_one(Entry, ids[0]).state = "failed"
    found = library(database)
    assert (found.on_their_way, found.failed) == (2, 1)


def test_answers_that_other_processes_write_are_counted(database: Database) -> None:
    with database.write() as session:
        asked(session)
    assert (library(database).written_elsewhere, library(database, "other").written_elsewhere) == (0, 1)


def test_the_database_is_known_by_its_tables_and_size(database: Database) -> None:
    found = vitals.database(database)
    assert (found.dialect, found.revision, found.is_current) == ("SQLite", HEAD, True)
    assert (found.file_bytes or 0) > 0
    assert found.log_bytes is not None


def test_tables_of_another_version_are_noticed(database: Database) -> None:
    with database.connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
        connection.commit()
    found = vitals.database(database)
    assert (found.revision, found.is_current) == ("0002", False)
