"""Vectors following their chunks: added for those that wait, removed for those that are gone."""

import time
from collections.abc import Callable, Sequence

from rag.retrieval.search import Meaning
from rag.retrieval.vectors import Damaged, VectorIndex
from store import chunks, entries, lexical
from store.engine import Database
from store.records import ChunkRecord

BATCH = 8  # chunks a step: about half a second
_INERTIA = 0.8  # of the speed known so far, when a new one is measured


class Indexing:
    """Keeps the vector index in step with SQL, a batch at a time. Every step can be taken again after a crash."""

    def __init__(
        self,
        database: Database,
        meaning: Callable[[], Meaning | None],
        *,
        others: Callable[[VectorIndex], Sequence[VectorIndex]] = lambda _: (),
        report_damage: Callable[[Meaning], None] = lambda _: None,
    ) -> None:
        self._database = database
        self._meaning = meaning
        self._others = others  # indexes kept beside the one that answers
        self._report_damage = report_damage
        self._purged: set[int] = set()  # forgotten chunks whose words are gone for good, their vectors not yet
        self.chunks_per_s = 0.0  # 0: not known yet

    def step(self) -> bool:
        """Does the next piece of work; False when there is none. Raises Unavailable, Damaged."""
        if self._purge_words():
            return True
        meaning = self._meaning()
        if meaning is None:
            return False
        try:
            return self._remove_forgotten(meaning) or self._embed_next(meaning)
        except Damaged:
            self._report_damage(meaning)
            raise

    def _remove_forgotten(self, meaning: Meaning) -> bool:
        with self._database.read() as session:
            gone = chunks.forgotten(session)
        if gone:
            for index in (meaning.index, *self._others(meaning.index)):
                index.remove(gone)
            with self._database.write() as session:
                chunks.vectors_removed(session, gone)
            self._purged.difference_update(gone)
        return bool(gone)

    def _purge_words(self) -> bool:
        """Takes the words of chunks that are gone out of the full-text index for good, with or without a model."""
        with self._database.read() as session:
            gone = set(chunks.forgotten(session, limit=None)) - self._purged
        if not gone:
            return False
        while self._purge():
            pass
        self._purged |= gone
        return True

    def _purge(self) -> bool:
        with self._database.write() as session:
            return lexical.purge(session)

    def _embed_next(self, meaning: Meaning) -> bool:
        with self._database.read() as session:
            waiting = chunks.waiting(session, BATCH)
        if not waiting:
            return False
        begin = time.perf_counter()
        ids = [chunk.id for chunk in waiting]
        meaning.index.add(ids, meaning.embedder.passages([embedded_text(chunk) for chunk in waiting]))
        with self._database.write() as session:
            chunks.mark_embedded(session, ids)
            entries.finish_embedded(session)
        self._measure(len(ids) / (time.perf_counter() - begin))
        return True

    def _measure(self, chunks_per_s: float) -> None:
        known = self.chunks_per_s or chunks_per_s
        self.chunks_per_s = _INERTIA * known + (1 - _INERTIA) * chunks_per_s


def embedded_text(chunk: ChunkRecord) -> str:
    """What the embedding model is given of a chunk: its words under its title and headings."""
    return f"{chunk.title} › {chunk.section}\n{chunk.text}"
