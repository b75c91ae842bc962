"""`footnote ingest`, `documents` and `forget`.

While the app runs it alone opens the vector index: what is added here is queued in SQL and the app does the work.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from rag.bootstrap import House, build
from rag.ingest.content import Unreadable
from rag.ingest.extract import SUPPORTED
from rag.settings import Settings
from store.records import EntryRecord

POLL_S = 0.3
PATIENCE_S = 15.0  # how long the app may do nothing before we stop watching it
_WORDS = {
    "queued": "waiting",
    "reading": "being read",
    "embedding": "searchable, its vectors follow",
    "done": "added",
    "known": "in the library already",
}


def ingest(settings: Settings, paths: Sequence[Path]) -> int:
    """Adds files and says what became of each; gives 1 when one could not be read, the rest goes in all the same."""
    house = build(settings)
    try:
        added, bad = [], 0
        for path in _files(paths):
            try:
                added.append(house.library.add(path.name, path.read_bytes(), added_by="command line"))
            except (Unreadable, OSError) as trouble:
                bad += 1
                print(trouble if isinstance(trouble, Unreadable) else f"{path}: {trouble.strerror}.", file=sys.stderr)
        _work_off(house, added)
        entries = house.library.progress(added)
        for entry in entries:
            print(f"{entry.name}: {entry.problem or _WORDS[entry.state]}")
        return 1 if bad or any(entry.state == "failed" for entry in entries) else 0
    finally:
        house.close()


def listing(settings: Settings, *, as_json: bool) -> int:
    house = build(settings)
    try:
        documents = house.library.listing()
    finally:
        house.close()
    if as_json:
        print(json.dumps([asdict(d) for d in documents], default=str, ensure_ascii=False, indent=2))
        return 0
    for document in documents:
        print(f"{document.id:>6}  {document.name}  ({document.title}, {document.chunks} chunks)")
    if not documents:
        print("There are no documents yet. Add some: footnote ingest PATH…")
    return 0


def forget(settings: Settings, document_id: int) -> int:
    """Deletes a document and says what is gone; gives 1 when there is none with this id."""
    house = build(settings)
    try:
        removed = house.library.remove(document_id)
        if removed is None:
            print(f"There is no document {document_id}. See: footnote documents", file=sys.stderr)
            return 1
        if house.owns_index and house.warmup.wait_for_meaning():
            while house.worker.step():
                pass
            vectors = f"{removed.chunks} vectors"
        else:
            vectors = f"{removed.chunks} vectors (removed by the running app)"
        print(
            f"{removed.name}: {removed.characters:,} characters, {removed.chunks} chunks, {vectors} and its file gone."
        )
        return 0
    finally:
        house.close()


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and below folders all that can be read; what is hidden is left out."""
    for path in paths:
        if path.is_dir():
            below = (p for p in path.rglob("*") if not any(part.startswith(".") for part in p.relative_to(path).parts))
            yield from sorted(p for p in below if p.is_file() and p.suffix.lower() in SUPPORTED)
        else:
            yield path


def _work_off(house: House, added: list[int]) -> None:
    """Does the work when the index is ours, else watches the app do it."""
    if house.owns_index:
        house.worker.recover()
        while house.worker.step():
            _show(house, added)
        house.warmup.wait_for_meaning()
        while house.worker.step():
            _show(house, added)
    else:
        _watch(house, added)
    print("\r" + " " * 78 + "\r", end="", file=sys.stderr, flush=True)


def _watch(house: House, added: list[int]) -> None:
    before, since = None, time.monotonic()
    while waiting := [e for e in house.library.progress(added) if e.state in ("queued", "reading", "embedding")]:
        now = [(entry.id, entry.state, entry.embedded) for entry in waiting]
        if now != before:
            before, since = now, time.monotonic()
        elif time.monotonic() - since > PATIENCE_S:
            print("\nQueued; the running app will go on with it.", file=sys.stderr)
            return
        _show(house, added)
        time.sleep(POLL_S)


def _show(house: House, added: list[int]) -> None:
    entries = house.library.progress(added)
    done = sum(1 for entry in entries if entry.state in ("done", "known", "failed"))
    current = next((entry for entry in entries if entry.state in ("reading", "embedding")), None)
    print(f"\r{done} of {len(entries)} {_current(current):<60}"[:78], end="", file=sys.stderr, flush=True)


def _current(entry: EntryRecord | None) -> str:
    if entry is None:
        return ""
    return f"{entry.name[:40]} {entry.embedded}/{entry.chunks}" if entry.chunks else entry.name[:40]
