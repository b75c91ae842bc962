"""The database: how it is opened, read, written and brought up to date.

On SQLite: write-ahead log, foreign keys, five seconds of patience, and write transactions that begin with
BEGIN IMMEDIATE. A transaction that reads first and writes after another's commit fails at once with "database is
locked", whatever the patience; one that takes the write lock first waits for it.

Unavailable
├── Locked      somebody else holds the write lock for longer than our patience
└── Full        the disk is full
"""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, DisconnectionError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from store.presence import Gone, Identity, Presence

PATIENCE_S = 5.0
TURN_S = 20.0  # in a burst, waiting is better than an error
HEAD = "0007"  # the latest migration
log = logging.getLogger(__name__)


class Unavailable(Exception):
    """The database cannot be reached, read or written; the cause says why."""


class Locked(Unavailable):
    """Somebody else held the write lock for longer than our patience."""


class Full(Unavailable):
    """The disk is full."""


class Database:
    """Sessions on one database. Reading and writing are told apart because SQLite must know beforehand."""

    def __init__(self, url: str, *, patience_s: float = PATIENCE_S) -> None:
        self.url = url
        self._engine = create_engine(url, **_options(url, patience_s))
        if self.is_sqlite:
            _speak_sqlite(self._engine)
            if self._engine.url.database not in (None, "", ":memory:"):
                _watch_file(self._engine, Presence(Path(self._engine.url.database)))
        self._writing = self._engine.execution_options(footnote_write=True)
        self._turn = threading.Lock()

    @property
    def is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads. Raises Unavailable."""
        with _plain_errors(), Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One use case, one transaction: committed at the end, rolled back on any error. Raises Unavailable."""
        with (
            self._in_turn(),
            _plain_errors(),
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def migrate(self) -> None:
        """Brings the tables up to date; free of cost when they are. Raises Unavailable."""
        with _plain_errors():
            if self._revision() != HEAD:
                self._upgrade()

    def check(self) -> None:
        """Reads one row. Raises Unavailable when that cannot be done."""
        with self.read() as session:
            session.execute(text("SELECT 1"))

    def check_writing(self) -> None:
        """Begins to write, and leaves it at that. Raises Unavailable when that cannot be done."""
        with self.write() as session:
            session.execute(text("SELECT 1"))

    def connect(self) -> Connection:
        """A bare connection, for Alembic's command line."""
        return self._writing.connect()

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Writers of this process wait for each other here. SQLite has them ask again and again, and some never win."""
        if not self.is_sqlite:
            yield
        elif self._turn.acquire(timeout=TURN_S):
            try:
                yield
            finally:
                self._turn.release()
        else:
            raise Locked("others of this process write for too long")

    def _revision(self) -> str | None:
        with self._engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()

    def _upgrade(self) -> None:
        from alembic import command  # as slow to import as everything else here together
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self._writing.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, HEAD)


def _options(url: str, patience_s: float) -> dict[str, Any]:
    private = {"hide_parameters": True}  # what people wrote does not belong in a log
    if not url.startswith("sqlite"):
        return private | {"pool_pre_ping": True}
    # Sessions are short and come from many threads: answers being written, pages being drawn, the worker.
    return private | {
        "connect_args": {"timeout": patience_s, "check_same_thread": False},
        "pool_size": 20,
        "max_overflow": 60,
    }


def _speak_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
            "secure_delete = ON",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("footnote_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _watch_file(engine: Engine, presence: Presence) -> None:
    """Connections to a file that is gone are not used, and no empty file is made in its place."""

    @event.listens_for(engine, "do_connect")
    def before(*_: object) -> None:
        _present(presence)

    @event.listens_for(engine, "checkout")
    def check(_: object, entry: ConnectionPoolEntry, __: object) -> None:
        found = _present(presence)
        if entry.info.setdefault("file", found) != found:
            raise DisconnectionError  # has the pool open another one


def _present(presence: Presence) -> Identity | None:
    try:
        return presence.check()
    except Gone as error:
        raise Unavailable(str(error)) from error


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if "locked" in str(error.orig) or "busy" in str(error.orig):
            raise Locked(str(error.orig)) from error
        if "disk is full" in str(error.orig):
            raise Full(str(error.orig)) from error
        raise Unavailable(str(error.orig)) from error
    except DatabaseError as error:
        if isinstance(error, IntegrityError | ProgrammingError):
            raise  # a bug of ours, not an outage
        raise Unavailable(str(error.orig)) from error
