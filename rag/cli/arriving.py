"""Files going in from the command line: queued, worked off or watched, and told about.

While the app runs it alone opens the vector index: what is added here is queued in SQL and the app does the work.
"""

import errno
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.house import House
from rag.ingest.content import Unreadable
from rag.ingest.extract import SUPPORTED
from store.progress import UNFINISHED, UNREAD
from store.records import EntryRecord

POLL_S = 0.3
PATIENCE_S = 60.0  # how long nothing may happen before we stop watching
_WORDS = {
    "queued": "waiting",
    "reading": "being read",
    "splitting": "being read",
    "embedding": "searchable, its vectors follow",
    "done": "added",
    "known": "in the library already",
    "cancelled": "left out",
}


@dataclass
class Arrived:
    """What became of some paths."""

    ids: list[int] = field(default_factory=list)  # entries
    refused: dict[str, str] = field(default_factory=dict)  # source → why it could not even be queued
    entries: list[EntryRecord] = field(default_factory=list)  # when all was over, with those of files inside

    @property
    def all_well(self) -> bool:
        return not self.refused and not any(entry.state == "failed" for entry in self.entries)


def bring_in(house: House, paths: Sequence[Path], tags: Sequence[str] = ()) -> Arrived:
    """Queues files, has them read and their vectors made, and says on standard error what cannot be read at all."""
    arrived = Arrived()
    for path in files_of(paths):
        source = source_of(path)
        try:
            data = _read(path, house.library.max_bytes)
            arrived.ids.append(house.library.add(path.name, data, added_by="command line", source=source, tags=tags))
        except (Unreadable, OSError) as trouble:
            arrived.refused[source] = (
                str(trouble) if isinstance(trouble, Unreadable) else f"{path}: {trouble.strerror}."
            )
            print(arrived.refused[source], file=sys.stderr)
    if others := others_of(paths):
        kinds = ", ".join(sorted({path.suffix.lower() or "no ending" for path in others}))
        print(f"Left out, of kinds that cannot be read: {len(others)} ({kinds}).", file=sys.stderr)
    if house.owns_index and arrived.ids:
        house.start()
    _watch(house, arrived.ids)
    arrived.entries = house.library.progress(arrived.ids)
    return arrived


def source_of(path: Path) -> str:
    """How a file or folder is remembered: its whole path; bytes of a name that are no text stand as `\\xff`."""
    return os.fsencode(path.resolve()).decode(errors="backslashreplace")


def _read(path: Path, max_bytes: int) -> bytes:
    """A file's bytes, of one that is too large only so many that it is seen. Raises OSError."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "Not a file that can be read")  # a pipe would keep us waiting for ever
    with path.open("rb") as file:
        return file.read(max_bytes + 1)


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and below folders all that can be read; what is hidden is left out."""
    for path in paths:
        if path.is_dir():
            yield from (below for below in _below(path) if below.suffix.lower() in SUPPORTED)
        else:
            yield path


def others_of(paths: Iterable[Path]) -> list[Path]:
    """The files below the folders among these paths that are of kinds that cannot be read."""
    folders = (path for path in paths if path.is_dir())
    return [below for folder in folders for below in _below(folder) if below.suffix.lower() not in SUPPORTED]


def _below(folder: Path) -> list[Path]:
    found = (p for p in folder.rglob("*") if not any(part.startswith(".") for part in p.relative_to(folder).parts))
    return sorted(path for path in found if path.is_file())


def outcome(entry: EntryRecord) -> str:
    """What became of a file, in words."""
    if entry.problem:
        return entry.problem
    return f"{_WORDS[entry.state]} ({entry.notice})" if entry.notice else _WORDS[entry.state]


def _watch(house: House, ids: Sequence[int]) -> None:
    before, since = None, time.monotonic()
    while True:
        found = house.library.progress(ids)
        waiting = [entry for entry in found if entry.state in UNFINISHED]
        if not waiting:
            break
        now = [(entry.id, entry.state, entry.embedded, entry.parts_done) for entry in waiting]
        if now != before:
            before, since = now, time.monotonic()
        elif house.warmup.states()["meaning"] == "warming":
            since = time.monotonic()  # loading the embedding model may take a minute the first time
        elif time.monotonic() - since > PATIENCE_S or _is_stuck(house, waiting):
            print("\nQueued; the app will go on with it.", file=sys.stderr)
            return
        _show(found)
        time.sleep(POLL_S)
    print("\r" + " " * 78 + "\r", end="", file=sys.stderr, flush=True)


def _is_stuck(house: House, waiting: Sequence[EntryRecord]) -> bool:
    """Whether only vectors are wanted, and search by meaning cannot be had."""
    unread = any(entry.state in UNREAD for entry in waiting)
    return not unread and house.warmup.states()["meaning"] == "failed"


def _show(entries: Sequence[EntryRecord]) -> None:
    done = sum(1 for entry in entries if entry.state not in UNFINISHED)
    current = next((entry for entry in entries if entry.state in UNFINISHED), None)
    print(f"\r{done} of {len(entries)} {_current(current):<60}"[:78], end="", file=sys.stderr, flush=True)


def _current(entry: EntryRecord | None) -> str:
    if entry is None:
        return ""
    if entry.state == "embedding":
        return f"{entry.name}: {entry.embedded} of {entry.chunks} chunks"
    return f"{entry.name}: {entry.parts_done} of {entry.parts} pages" if entry.parts else f"{entry.name}: reading"
