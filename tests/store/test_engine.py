"""The database: transactions, locks, damage and migrations."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from store import facts
from store.engine import HEAD, Database, Locked, Unavailable
from store.models import Model

MIGRATIONS = Path(__file__).parents[2] / "store" / "migrations"


@pytest.fixture
def hasty(database: Database) -> Iterator[Database]:
    """The same file, opened with little patience."""
    opened = Database(database.url, patience_s=0.05)
    yield opened
    opened.close()


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Another connection holds the write lock."""
    with closing(sqlite3.connect(database.url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


FILLED = ("documents", "document_texts", "chunks", "entries")
OLD_ROWS = (
    "INSERT INTO documents VALUES (1, 'a.md', 'A', 'h', 9, NULL, 11, NULL, '2026-01-01')",
    "INSERT INTO document_texts VALUES (1, 'hotel words')",
    "INSERT INTO chunks VALUES (1, 1, 0, 0, 11, 'A', 'S', NULL, 'hotel words', 1)",
    "INSERT INTO entries VALUES (1, 'a.md', 'h', 9, 'done', 0, NULL, 1, NULL, '2026-01-01', '2026-01-01')",
)


def tables(database: Database) -> set[str]:
    with database.connect() as connection:
        return set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())


def test_a_locked_database_is_told_apart(database: Database, hasty: Database) -> None:
    with locked(database), pytest.raises(Locked), hasty.write() as session:
        facts.put(session, "a", {})


def test_a_locked_database_can_still_be_read(database: Database, hasty: Database) -> None:
    with database.write() as session:
        facts.put(session, "a", {"n": 1})
    with locked(database), hasty.read() as session:
        assert facts.get(session, "a") == {"n": 1}


def test_after_a_lock_writing_goes_on(database: Database, hasty: Database) -> None:
    with locked(database), pytest.raises(Locked), hasty.write() as session:
        facts.put(session, "a", {})
    with hasty.write() as session:
        facts.put(session, "a", {})


def test_a_burst_of_writers_takes_turns(database: Database) -> None:
    """SQLite would let some of them ask again until their patience ends: here it is none."""
    impatient = Database(database.url, patience_s=0)

    def write(number: int) -> None:
        with impatient.write() as session:
            facts.put(session, f"fact-{number}", {})
            time.sleep(0.01)

    with ThreadPoolExecutor(20) as pool, closing(impatient):
        list(pool.map(write, range(20)))
    with database.read() as session:
        assert [facts.get(session, f"fact-{number}") for number in range(20)] == [{}] * 20


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_bytes(b"no database" * 500)
    broken = Database(f"sqlite:///{tmp_path / 'broken.db'}")
    with pytest.raises(Unavailable, match="not a database"):
        broken.check()
    broken.close()


def test_a_folder_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    missing = Database(f"sqlite:///{tmp_path / 'none' / 'footnote.db'}")
    with pytest.raises(Unavailable):
        missing.migrate()
    missing.close()


def test_a_file_that_was_moved_away_is_noticed_and_used_again_when_it_is_back(database: Database) -> None:
    path = Path(database.url.removeprefix("sqlite:///"))
    with database.write() as session:
        facts.put(session, "a", {"n": 1})
    move(path, path.with_name("elsewhere.db"))
    for use in (database.read, database.write):
        with pytest.raises(Unavailable, match="is gone"), use() as session:
            session.execute(text("SELECT 1"))
    assert not path.exists()
    move(path.with_name("elsewhere.db"), path)
    with database.read() as session:
        assert facts.get(session, "a") == {"n": 1}


def move(path: Path, to: Path) -> None:
    """With its log, as somebody does who means it well."""
    for end in ("-wal", "-shm", ""):
        if (part := path.with_name(path.name + end)).exists():
            part.rename(to.with_name(to.name + end))


def test_a_restored_backup_is_used_at_once(database: Database) -> None:
    path = Path(database.url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(path.with_name("backup.db"))) as backup:
        source.backup(backup)
    with database.write() as session:
        facts.put(session, "a", {"n": 1})
    move(path, path.with_name("old.db"))
    path.with_name("backup.db").rename(path)
    with database.write() as session:
        assert facts.get(session, "a") is None
        facts.put(session, "a", {"n": 2})
    with database.read() as session:
        assert facts.get(session, "a") == {"n": 2}


def test_a_backup_beside_the_log_of_another_file_is_left_alone(database: Database) -> None:
    """SQLite would play the old file's pages into it."""
    path = Path(database.url.removeprefix("sqlite:///"))
    shutil.copy(path, path.with_name("backup.db"))
    with database.write() as session:
        facts.put(session, "a", {"n": 1})
    with database.read() as session:
        facts.get(session, "a")
    path.with_name("backup.db").replace(path)
    before = path.read_bytes()
    with pytest.raises(Unavailable, match="was replaced"), database.write() as session:
        facts.put(session, "a", {"n": 2})
    assert path.read_bytes() == before


def test_what_people_wrote_is_in_no_error(database: Database) -> None:
    with pytest.raises(IntegrityError) as raised, database.write() as session:
        session.execute(text("INSERT INTO traces (id, message_id) VALUES (:words, 1)"), {"words": "a private question"})
    assert "private" not in str(raised.value)


def test_an_error_rolls_the_whole_use_case_back(database: Database) -> None:
    def interrupted() -> None:
        with database.write() as session:
            facts.put(session, "a", {})
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    with database.read() as session:
        assert facts.get(session, "a") is None


def test_a_broken_rule_of_the_tables_is_a_bug_not_an_outage(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(text("INSERT INTO traces (id, message_id) VALUES ('t', 1)"))


def test_writers_that_read_first_wait_for_each_other(database: Database) -> None:
    """Without BEGIN IMMEDIATE, some of these would fail at once with "database is locked"."""

    def count_up(_: int) -> None:
        with database.write() as session:
            before = (facts.get(session, "n") or {"n": 0})["n"]
            facts.put(session, "n", {"n": before + 1})

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count_up, range(80)))
    with database.read() as session:
        assert facts.get(session, "n") == {"n": 80}


def test_foreign_keys_are_kept(database: Database) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), database.write() as session:
        session.execute(text("INSERT INTO document_texts (document_id, text) VALUES (1, '')"))


def test_the_tables_are_those_of_the_models(database: Database) -> None:
    with database.connect() as connection:
        ours = {
            "compare_type": True,
            "include_name": lambda name, kind, _: kind != "table" or name in Model.metadata.tables,
        }
        context = MigrationContext.configure(connection, opts=ours)
        assert compare_metadata(context, Model.metadata) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    with database.write() as session:
        facts.put(session, "a", {})
    database.migrate()
    with database.read() as session:
        assert facts.get(session, "a") == {}


def test_two_processes_may_migrate_at_once(tmp_path: Path) -> None:
    opened = [Database(f"sqlite:///{tmp_path / 'footnote.db'}") for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(Database.migrate, opened))
    assert "messages" in tables(opened[0])
    for database in opened:
        database.close()


def test_migrations_can_be_taken_back(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        connection.commit()
    assert tables(database) <= {"alembic_version", "sqlite_sequence"}
    database.migrate()
    assert set(Model.metadata.tables) <= tables(database)


def test_no_migration_loses_a_row(tmp_path: Path) -> None:
    """Making a table anew drops the old one, which would take along what points to its rows."""
    opened = Database(f"sqlite:///{tmp_path / 'old.db'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with opened.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in OLD_ROWS:
            connection.exec_driver_sql(statement)
        for revision in (HEAD, "0001", HEAD):
            (command.downgrade if revision == "0001" else command.upgrade)(config, revision)
            counted = {table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in FILLED}
            assert counted == dict.fromkeys(FILLED, 1), revision
            found = "SELECT rowid FROM chunk_fts WHERE chunk_fts MATCH 'hotels'"
            assert connection.exec_driver_sql(found).scalars().all() == [1]
        connection.exec_driver_sql("DELETE FROM documents")
        assert connection.exec_driver_sql("SELECT count(*) FROM chunks").scalar() == 0
        connection.commit()
    opened.close()


def test_the_engine_knows_the_latest_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD
