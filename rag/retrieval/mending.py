"""Where a vector index no longer fits the chunks in SQL: found and mended."""

import logging

from rag.retrieval.vectors import VectorIndex
from store import chunks
from store.engine import Database

log = logging.getLogger(__name__)


def mend_vectors(database: Database, index: VectorIndex) -> tuple[int, int]:
    """Has lost vectors made again and removes stray ones; how many of each. Raises Unavailable, Damaged."""
    there = index.ids()  # first: what is added or removed in between is only done again
    with database.read() as session:
        embedded, known = chunks.embedded_ids(session), chunks.ids(session)
    missing = sorted(embedded - there)
    if missing:
        log.warning("%d chunks have lost their vectors; they are embedded again", len(missing))
        with database.write() as session:
            chunks.mark_embedded(session, missing, embedded=False)
    return len(missing), _remove(index, there - known)


def drop_strays(database: Database, index: VectorIndex) -> int:
    """Removes the vectors of an index that belong to no chunk; how many. Raises Unavailable, Damaged."""
    there = index.ids()
    with database.read() as session:
        known = chunks.ids(session)
    return _remove(index, there - known)


def _remove(index: VectorIndex, stray: set[int]) -> int:
    if stray:
        log.warning("%d vectors belong to no chunk; they are removed", len(stray))
    gone = sorted(stray)
    for start in range(0, len(gone), chunks.PORTION):
        index.remove(gone[start : start + chunks.PORTION])
    return len(gone)
