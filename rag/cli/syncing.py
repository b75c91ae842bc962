"""`footnote ingest --sync FOLDER`: the library made equal to a folder, deletions last."""

import os
import sys
from collections import Counter
from pathlib import Path

from rag.bootstrap import build
from rag.cli.arriving import Arrived, bring_in, files_of, outcome, source_of
from rag.house import House
from rag.ingest.library import INSIDE
from rag.ingest.naming import clean_name
from rag.settings import Settings
from store import documents
from store.progress import UNREAD


def sync(settings: Settings, folder: Path, tags: tuple[str, ...] = ()) -> int:
    """Adds what is new in the folder, replaces what changed, deletes what is gone; gives 1 when a file failed."""
    if not folder.is_dir():
        print(f"{folder} is not a folder.", file=sys.stderr)
        return 1
    if next(files_of([folder]), None) is None:
        # A disk that is not mounted looks like this: it must not empty the library.
        print(f"{folder} holds no file that can be read, so nothing is changed.", file=sys.stderr)
        return 1
    house = build(settings)
    try:
        arrived = _bring_in(house, folder, tags)
        for entry in arrived.entries:
            if entry.state != "known":
                print(f"{entry.name}: {outcome(entry)}")
        if any(entry.state in UNREAD for entry in arrived.entries):
            print("Not all files are read yet, so nothing is deleted; run this again later.", file=sys.stderr)
            return 1
        deleted = _delete_rest(house, folder, arrived)
        print(_summary(arrived, deleted))
        return 0 if arrived.all_well else 1
    finally:
        house.close()


def _bring_in(house: House, folder: Path, tags: tuple[str, ...]) -> Arrived:
    """Brings in the folder; and once more what was taken as known by a document that a later file gave other words."""
    arrived = bring_in(house, [folder], tags)
    overtaken = _overtaken(house, folder, arrived)
    if not overtaken:
        return arrived
    again = bring_in(house, list(overtaken.values()), tags)
    rest = [entry for entry in arrived.entries if entry.source.split(INSIDE)[0] not in overtaken]
    return Arrived([*arrived.ids, *again.ids], arrived.refused | again.refused, [*rest, *again.entries])


def _overtaken(house: House, folder: Path, arrived: Arrived) -> dict[str, Path]:
    """By source, the files whose words are not in the library after all; their entry may have gone with a document."""
    with house.database.read() as session:
        kept = set(documents.originals(session).values())
    lost = {e.source.split(INSIDE)[0] for e in arrived.entries if e.state == "known" and e.content_hash not in kept}
    told = {entry.source for entry in arrived.entries} | arrived.refused.keys()
    files = {source_of(path): path for path in files_of([folder])}
    return {source: path for source, path in files.items() if source in lost or source not in told}


def _delete_rest(house: House, folder: Path, arrived: Arrived) -> int:
    """Removes the documents from below the folder that are no longer in it; gives how many."""
    there = {entry.source: entry for entry in arrived.entries}
    unread = {*arrived.refused, *(entry.source for entry in arrived.entries if entry.state == "failed")}
    by_hash = {entry.content_hash: entry for entry in arrived.entries}
    with house.database.read() as session:
        known = documents.below(session, source_of(folder).rstrip(os.sep) + os.sep)
    deleted = 0
    for document_id, (source, content_hash) in known.items():
        if source in there or source in unread or source.split(INSIDE)[0] in unread:
            continue  # what cannot be read at the moment keeps the words it had
        if moved := by_hash.get(content_hash):
            with house.database.write() as session:
                documents.move(session, document_id, source=moved.source, name=clean_name(moved.name))
        elif removed := house.library.remove(document_id):
            deleted += 1
            print(f"{removed.name}: deleted")
    while house.owns_index and house.warmup.meaning() and house.worker.indexing.step():
        pass
    return deleted


def _summary(arrived: Arrived, deleted: int) -> str:
    kinds = Counter(_kind(entry.state, entry.notice) for entry in arrived.entries)
    failed = len(arrived.refused) + kinds["failed"]
    words = f"{kinds['added']} added, {kinds['replaced']} replaced, {kinds['unchanged']} unchanged, {deleted} deleted"
    return f"{words}, {failed} not readable." if failed else f"{words}."


def _kind(state: str, notice: str | None) -> str:
    if state in ("failed", "cancelled"):
        return state
    if state == "known":
        return "unchanged"
    if notice is None:
        return "added"
    return "replaced" if notice.startswith("version") else "archive"
