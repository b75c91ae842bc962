"""The library: documents going in, being listed, being removed. Files wait in a queue, see rag/ingest/worker.py."""

import hashlib
import logging
import secrets
import threading
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from rag.ingest.extract import check
from store import documents, entries
from store.documents import Removed
from store.engine import Database
from store.records import DocumentRecord, EntryRecord

NAME_LENGTH = 200
log = logging.getLogger(__name__)


class Library:
    """All documents. Safe to use from many threads and processes."""

    def __init__(self, database: Database, folder: Path, max_bytes: int) -> None:
        self._database = database
        self._folder = folder
        self.max_bytes = max_bytes
        self.changed = threading.Event()  # wakes the worker of this process

    def add(self, name: str, data: bytes, *, added_by: str | None = None) -> int:
        """Queues a file; gives the id of its entry. Raises Unreadable for what can be seen at once, Unavailable."""
        name = _clean(name)
        check(name, data, self.max_bytes)
        content_hash = hashlib.sha256(data).hexdigest()
        self._keep(content_hash, data)
        with self._database.write() as session:
            entry = entries.add(session, name=name, content_hash=content_hash, size=len(data), added_by=added_by)
            known = documents.find_by_hash(session, content_hash)
            if known is not None:
                entries.move(session, entry, "known", document_id=known)
        self.changed.set()
        return entry

    def remove(self, document_id: int) -> Removed | None:
        """Deletes a document with its text, chunks, lexical rows and file; its vectors follow. None: not there."""
        with self._database.write() as session:
            removed = documents.remove(session, document_id)
        if removed is not None:
            self.path(removed.content_hash).unlink(missing_ok=True)
            self.changed.set()
        return removed

    def listing(self) -> list[DocumentRecord]:
        with self._database.read() as session:
            return documents.listing(session)

    def count(self) -> int:
        with self._database.read() as session:
            return documents.count(session)

    def progress(self, entry_ids: Sequence[int]) -> list[EntryRecord]:
        with self._database.read() as session:
            return entries.get(session, list(entry_ids))

    def unfinished(self) -> list[EntryRecord]:
        with self._database.read() as session:
            return entries.unfinished(session)

    def failed(self) -> list[EntryRecord]:
        with self._database.read() as session:
            return entries.failed(session)

    def dismiss(self, entry_id: int) -> None:
        """Forgets a file that could not be read."""
        with self._database.write() as session:
            content_hash = entries.dismiss(session, entry_id)
            kept = content_hash is None or documents.find_by_hash(session, content_hash) is not None
        if not kept and content_hash:
            self.path(content_hash).unlink(missing_ok=True)

    def text(self, document_id: int) -> str | None:
        """The whole text of a document; None when it was deleted."""
        with self._database.read() as session:
            return documents.text(session, document_id)

    def excerpt(self, document_id: int, start: int, end: int) -> str:
        """A span of a document's text; empty when it was deleted."""
        with self._database.read() as session:
            return documents.text_slice(session, document_id, start, end)

    def path(self, content_hash: str) -> Path:
        """Where a file's bytes are kept."""
        return self._folder / content_hash[:2] / content_hash

    def _keep(self, content_hash: str, data: bytes) -> None:
        path = self.path(content_hash)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            partial = path.with_suffix(f".{secrets.token_hex(4)}")  # two may keep the same file at once
            partial.write_bytes(data)
            partial.replace(path)


def _clean(name: str) -> str:
    """A file's own name, without folders and what cannot be shown; its ending is kept when it must be cut."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable()).strip() or "unnamed"
    suffix = Path(shown).suffix[:20]
    return shown if len(shown) <= NAME_LENGTH else shown[: NAME_LENGTH - len(suffix)] + suffix
