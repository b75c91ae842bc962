"""The worker: reads queued files, makes them searchable, and lets their vectors follow.

One thread in the process that owns the vector index. Every step can be taken again after a crash: a file is read and
stored in one transaction, a vector is added before its chunk is marked.
"""

import logging
import threading
from collections.abc import Callable

from rag.ingest.content import Extracted, Unreadable
from rag.ingest.extract import extract
from rag.ingest.library import Library
from rag.ingest.split import split
from rag.retrieval.search import Meaning
from rag.retrieval.vectors import Damaged
from store import documents, entries, lexical
from store.documents import NewChunk, NewDocument
from store.engine import Database, Unavailable
from store.records import EntryRecord, EntryState

BATCH = 8  # chunks a step: about half a second, so that a question never waits longer for the embedding model
POLL_S = 0.5  # how often to look for what other processes queued
REST_S = 2.0  # after trouble with the database or the index
log = logging.getLogger(__name__)


class Worker:
    """Works off the queue. `step` is one piece of work; `start` runs steps in a thread until `close`."""

    def __init__(
        self,
        database: Database,
        library: Library,
        meaning: Callable[[], Meaning | None],
        *,
        busy: Callable[[], bool] = lambda: False,
        report_damage: Callable[[Meaning], None] = lambda _: None,
    ) -> None:
        self._database = database
        self._library = library
        self._meaning = meaning
        self._busy = busy
        self._report_damage = report_damage
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="ingest", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends after the step at hand."""
        self._closing.set()
        self._library.changed.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def recover(self) -> None:
        """Puts back what a process that died was reading."""
        with self._database.write() as session:
            entries.requeue_unread(session)

    def step(self) -> bool:
        """Does the next piece of work; False when there is none. Raises Unavailable, Damaged."""
        return self._read_next() or self._tend_vectors()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                worked = self.step()
            except Exception:
                log.exception("The ingest worker rests after an error")
                self._closing.wait(REST_S)
                continue
            if not worked:
                self._library.changed.wait(POLL_S)
                self._library.changed.clear()
            elif self._busy():
                self._closing.wait(0.05)

    def _read_next(self) -> bool:
        with self._database.read() as session:
            entry = entries.next_queued(session)
        if entry is None:
            return False
        self._move(entry, "reading")
        try:
            data = self._library.path(entry.content_hash).read_bytes()
            self._store(entry, extract(entry.name, data, self._library.max_bytes))
        except Unreadable as trouble:
            self._move(entry, "failed", problem=str(trouble))
        except OSError:
            log.exception("The kept file of %s cannot be read", entry.name)
            self._move(entry, "failed", problem=f"{entry.name} is no longer on the disk; add it again.")
        except Unavailable:
            self._put_back(entry)
            raise
        except Exception:
            self._move(entry, "failed", problem=f"{entry.name} could not be read, and that is our fault.")
            raise
        return True

    def _store(self, entry: EntryRecord, extracted: Extracted) -> None:
        chunks = [NewChunk(c.ordinal, c.start, c.end, c.section, c.page) for c in split(extracted)]
        new = NewDocument(
            name=entry.name,
            title=extracted.title,
            content_hash=entry.content_hash,
            size=entry.size,
            pages=extracted.pages,
            text=extracted.text,
            chunks=chunks,
            added_by=entry.added_by,
        )
        with self._database.write() as session:
            known = documents.find_by_hash(session, entry.content_hash)
            if known is not None:  # the same file twice in one batch
                entries.move(session, entry.id, "known", document_id=known)
            else:
                entries.move(session, entry.id, "embedding", document_id=documents.add(session, new))

    def _tend_vectors(self) -> bool:
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
            gone = documents.forgotten_vectors(session)
        if gone:
            meaning.index.remove(gone)
            while self._purge():
                pass
            with self._database.write() as session:
                documents.vectors_removed(session, gone)
        return bool(gone)

    def _purge(self) -> bool:
        with self._database.write() as session:
            return lexical.purge(session)

    def _embed_next(self, meaning: Meaning) -> bool:
        with self._database.read() as session:
            waiting = documents.waiting_chunks(session, BATCH)
        if not waiting:
            return False
        texts = [f"{chunk.title} › {chunk.section}\n{chunk.text}" for chunk in waiting]
        ids = [chunk.id for chunk in waiting]
        meaning.index.add(ids, meaning.embedder.passages(texts))
        with self._database.write() as session:
            documents.mark_embedded(session, ids)
            entries.finish_embedded(session)
        return True

    def _move(self, entry: EntryRecord, state: EntryState, *, problem: str | None = None) -> None:
        with self._database.write() as session:
            entries.move(session, entry.id, state, problem=problem)

    def _put_back(self, entry: EntryRecord) -> None:
        try:
            self._move(entry, "queued")
        except Unavailable:
            log.warning("%s stays marked as being read until the next start", entry.name)
