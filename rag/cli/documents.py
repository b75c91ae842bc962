"""`footnote ingest`, `documents`, `forget` and `check`."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rag.bootstrap import build
from rag.cli.arriving import bring_in, outcome
from rag.house import House
from rag.ingest.scanning import Scanner, rescan
from rag.settings import Settings


def ingest(settings: Settings, paths: Sequence[Path], tags: Sequence[str] = ()) -> int:
    """Adds files and says what became of each; gives 1 when one could not be read, the rest goes in all the same."""
    house = build(settings)
    try:
        arrived = bring_in(house, paths, tags)
        for entry in arrived.entries:
            print(f"{entry.name}: {outcome(entry)}")
        return 0 if arrived.all_well else 1
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
        off = "" if document.enabled else ", switched off"
        print(f"{document.id:>6}  {document.name}  ({document.title}, {document.chunks} chunks{off})")
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
        later = "" if _vectors_removed(house) else " (removed by the running app)"
        print(
            f"{removed.name}: gone are {removed.characters:,} characters of text "
            f"({_counted(removed.versions, 'version')}), {_counted(removed.chunks, 'chunk')}, "
            f"{_counted(removed.vectors, 'vector')}{later} and {_counted(removed.files, 'file')}."
        )
        return 0
    finally:
        house.close()


def check(settings: Settings) -> int:
    """Looks whether SQL, vectors and files fit together, mends what does not, and says so."""
    house = build(settings)
    try:
        meaning = house.warmup.wait_for_meaning() if house.owns_index else None
        print("\n".join(house.check().sentences()))
        looked, held = rescan(house.database, Scanner(house.guarding))
        if held:
            print(f"Guards hold {held:,} of {_counted(looked, 'chunk')} back: see the Documents page.")
        while meaning and house.worker.indexing.step():
            pass
        return 0
    finally:
        house.close()


def _vectors_removed(house: House) -> bool:
    """Removes the vectors of what was deleted, where the index is ours."""
    if not house.owns_index or house.warmup.wait_for_meaning() is None:
        return False
    while house.worker.indexing.step():
        pass
    return True


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
