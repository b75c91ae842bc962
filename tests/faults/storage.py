"""Trouble with what things are stored on, made and taken back: the database locked, read-only, full, gone."""

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event

from rag.house import House
from store import facts
from store.engine import Unavailable

Fault = Callable[[House], AbstractContextManager[None]]
ROOM = "24m"  # enough for a house
LONG = 20_000  # characters, over many pages of the database
_pragmas: WeakKeyDictionary[Engine, list[str]] = WeakKeyDictionary()


class NoMount(Exception):
    """This machine lets us mount no file system; the message says why."""


def path_of(house: House) -> Path:
    return Path(house.database.url.removeprefix("sqlite:///"))


def prepare(house: House) -> None:
    """Must be called before the faults, while nothing uses the database: listeners cannot be added meanwhile."""
    setting = _pragmas.setdefault(house.database._engine, [])

    @event.listens_for(house.database._engine, "checkout")
    def set_up(connection: sqlite3.Connection, *_: object) -> None:
        for pragma in setting:
            connection.execute(f"PRAGMA {pragma}")


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Another connection holds the write lock for longer than ours have patience."""
    with (
        _connections(house, "busy_timeout = 20", "busy_timeout = 5000"),
        closing(sqlite3.connect(path_of(house), isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def read_only(house: House) -> Iterator[None]:
    """What SQLite says when the disk has become read-only."""
    with _connections(house, "query_only = ON", "query_only = OFF"):
        yield


@contextmanager
def no_more_pages(house: House) -> Iterator[None]:
    """What SQLite says when the disk is full. What fits into pages that are there can still be written."""
    with _connections(house, "max_page_count = 1", "max_page_count = 4294967294"):
        _use_up(house)
        yield
    with house.database.write() as session:
        facts.put(session, "ballast", {})


@contextmanager
def gone(house: House) -> Iterator[None]:
    """Somebody moved the database away, and puts it back."""
    path = path_of(house)
    _move(path, path.with_name("elsewhere.db"))
    try:
        yield
    finally:
        _move(path.with_name("elsewhere.db"), path)


def copy_of(house: House, to: Path) -> Path:
    """A backup, made as the docs say."""
    with closing(sqlite3.connect(path_of(house))) as database, closing(sqlite3.connect(to)) as copy:
        database.backup(copy)
    return to


def replace(house: House, copy: Path, *, with_log: bool = True) -> None:
    """Somebody puts a backup back under the running app; without the log, as one should not."""
    path = path_of(house)
    if with_log:
        _move(path, path.with_name("before.db"))
    else:
        path.rename(path.with_name("before.db"))
    copy.rename(path)


@contextmanager
def full(house: House) -> Iterator[None]:
    """The file system under the data folder, a small one, has no room left."""
    with closing(sqlite3.connect(path_of(house))) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # else there is room in the log
    ballast = house.settings.data_dir / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            _fill(file.write, bytes(size))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A file system of its own, in memory. Raises NoMount."""
    mount = shutil.which("mount")
    if mount is None:
        raise NoMount("there is no `mount`")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, text=True)
    if done.returncode:
        raise NoMount(done.stderr.strip())
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def _connections(house: House, begin: str, end: str) -> Iterator[None]:
    """Every connection of the house is set up so, whenever it is used."""
    setting = _pragmas[house.database._engine]
    setting[:] = [begin]
    try:
        yield
    finally:
        setting[:] = [end]


def _use_up(house: House) -> None:
    """Writes into the free pages until there are none."""
    for size in (LONG, 500, 50):
        words = ""
        try:
            while True:
                words += "x" * size
                with house.database.write() as session:
                    facts.put(session, "ballast", {"words": words})
        except Unavailable:
            continue


def _fill(write: Callable[[bytes], object], portion: bytes) -> None:
    try:
        while write(portion):
            pass
    except OSError:
        return


def _move(path: Path, to: Path) -> None:
    for end in ("-wal", "-shm", ""):
        if (part := path.with_name(path.name + end)).exists():
            part.rename(to.with_name(to.name + end))
