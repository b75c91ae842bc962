"""Drift: where vector index, full-text index and kept files no longer fit the record in SQL. Found and mended.

A process may die between two of them, a disk may be restored from a backup, somebody may delete a file by hand.
"""

import logging
import time
from dataclasses import dataclass
from pathlib import Path

from rag.ingest.library import Library
from rag.retrieval.mending import mend_vectors
from rag.retrieval.vectors import VectorIndex
from store import catalogue, documents, entries, lexical
from store.engine import Database

YOUNG_S = 60  # a file that young may belong to an upload of this moment
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Drift:
    """What did not fit. All but the missing files is mended."""

    missing_vectors: int = 0
    stray_vectors: int = 0
    lexical_rebuilt: bool = False
    stray_files: int = 0
    missing_files: tuple[str, ...] = ()  # names of documents whose original is gone; their text still answers
    looked_at_vectors: bool = True

    @property
    def is_none(self) -> bool:
        return self == Drift(looked_at_vectors=self.looked_at_vectors)

    def sentences(self) -> list[str]:
        """What was found and done, for people."""
        told = [
            (self.missing_vectors, f"{self.missing_vectors} chunks had lost their vectors; they are embedded again."),
            (self.stray_vectors, f"{self.stray_vectors} vectors belonged to no chunk; they are removed."),
            (self.lexical_rebuilt, "The full-text index did not fit the chunks; it was made anew."),
            (self.stray_files, f"{self.stray_files} kept files belonged to no document; they are deleted."),
            (
                self.missing_files,
                f"The originals of {', '.join(self.missing_files[:5])} are gone; their text still answers.",
            ),
            (not self.looked_at_vectors, "The vectors were not looked at: search by meaning is not ready here."),
        ]
        return [sentence for found, sentence in told if found] or ["Everything fits together."]


def inspect(database: Database, library: Library, index: VectorIndex | None) -> Drift:
    """Looks at everything and mends it; seconds for a large library. Raises Unavailable, Damaged."""
    missing, stray = mend_vectors(database, index) if index else (0, 0)
    with database.write() as session:
        whole = lexical.is_whole(session)
    if not whole:
        with database.write() as session:
            lexical.rebuild(session)
    return Drift(
        missing_vectors=missing,
        stray_vectors=stray,
        lexical_rebuilt=not whole,
        stray_files=_delete_strays(database, library),
        missing_files=_missing_files(database, library),
        looked_at_vectors=index is not None,
    )


def tidy(database: Database, library: Library) -> None:
    """The quick part, for every start: files that belong to nothing go, originals that are gone are logged."""
    if stray := _delete_strays(database, library):
        log.warning("%d kept files belonged to no document; they are deleted", stray)
    if missing := _missing_files(database, library):
        log.warning("The originals of %d documents are gone; their text still answers: %s", len(missing), missing[:5])


def _delete_strays(database: Database, library: Library) -> int:
    files = [path for path in library.folder.glob("*/*") if path.is_file()]  # before asking who needs them
    with database.read() as session:
        needed = set(documents.originals(session).values()) | entries.content_hashes(session)
    stray = [path for path in files if path.name not in needed and _is_old(path)]
    for path in stray:
        path.unlink(missing_ok=True)
    return len(stray)


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > YOUNG_S
    except FileNotFoundError:
        return False


def _missing_files(database: Database, library: Library) -> tuple[str, ...]:
    with database.read() as session:
        names = {record.id: record.name for record in catalogue.listing(session)}
        originals = documents.originals(session)
    return tuple(names[number] for number, content in originals.items() if not library.path(content).is_file())
