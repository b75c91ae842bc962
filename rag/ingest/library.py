"""The library: documents going in, on their way, and out. Files wait in a queue, see rag/ingest/worker.py."""

import hashlib
import logging
import secrets
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rag.ingest.content import InnerFile, Unreadable
from rag.ingest.extract import check
from rag.ingest.naming import clean_name, tidied
from store import catalogue, documents, entries, progress, texts
from store.documents import Removed
from store.engine import Database
from store.records import DocumentRecord, EntryRecord

INSIDE = "!/"  # between an archive's source and that of a file in it
DEEPEST = 2  # archives in archives
PORTION = 500  # entries looked up at once
log = logging.getLogger(__name__)


class Library:
    """All documents. Safe to use from many threads and processes."""

    def __init__(self, database: Database, folder: Path, max_bytes: int) -> None:
        self._database = database
        self.folder = folder
        self.max_bytes = max_bytes
        self.changed = threading.Event()  # wakes the worker of this process

    # in

    def add(
        self,
        name: str,
        data: bytes,
        *,
        added_by: str | None = None,
        source: str = "",
        tags: Sequence[str] = (),
        parent_id: int | None = None,
    ) -> int:
        """Queues a file; gives the id of its entry. Raises Unreadable for what is seen at once, Unavailable, OSError.

        `source` says where the file comes from: another file from there is a new version of it. Its name, if not given.
        """
        name = clean_name(name)
        source = source or name
        check(name, data, self.max_bytes)
        content_hash = hashlib.sha256(data).hexdigest()
        self._keep(content_hash, data)
        facts = {"name": name, "content_hash": content_hash, "source": source, "added_by": added_by}
        with self._database.write() as session:
            self._keep(content_hash, data)  # again: nobody needed the file until now, and it may be deleted meanwhile
            entry = entries.add(session, size=len(data), parent_id=parent_id, tags=tidied(tags), **facts)  # type: ignore[arg-type]
            known = documents.find_by_hash(session, content_hash)
            if known is not None and documents.find_by_source(session, source) in (None, known):
                entries.move(session, entry, "known", document_id=known)
                catalogue.add_tags(session, known, tidied(tags))
        self.changed.set()
        return entry

    def add_inner(self, parent: EntryRecord, file: InnerFile) -> str | None:
        """Queues a file that was found inside another one; gives a sentence about one that cannot be read."""
        if parent.source.count(INSIDE) >= DEEPEST:
            return f"{file.path} lies too deep in archives and is left out."
        try:
            self.add(
                file.path,
                file.data,
                added_by=parent.added_by,
                source=f"{parent.source}{INSIDE}{file.path}",
                tags=parent.tags,
                parent_id=parent.parent_id or parent.id,
            )
        except Unreadable as trouble:
            return str(trouble)
        return None

    # on the way

    def progress(self, entry_ids: Sequence[int]) -> list[EntryRecord]:
        """These entries, and those of the files inside them."""
        portions = (entry_ids[start : start + PORTION] for start in range(0, len(entry_ids), PORTION))
        with self._database.read() as session:
            return [entry for portion in portions for entry in progress.get(session, portion)]

    def unfinished(self) -> list[EntryRecord]:
        with self._database.read() as session:
            return progress.unfinished(session)

    def failed(self) -> list[EntryRecord]:
        with self._database.read() as session:
            return progress.failed(session)

    def cancel(self, entry_id: int) -> None:
        """Leaves a file out that is on its way. What was stored of a first version is removed again."""
        with self._database.write() as session:
            before = entries.cancel(session, entry_id)
            if before is not None and before.state == "embedding" and before.notice is None:
                entries.move(session, entry_id, "cancelled")
                made = documents.find_by_hash(session, before.content_hash)
                if made is not None and made == before.document_id:  # else a newer version has taken its place
                    documents.remove(session, made)
            left_out = progress.get(session, [entry_id])
        if before is not None:
            for entry in left_out:
                self.drop_unneeded(entry.content_hash)
            self.changed.set()

    def retry(self, entry_id: int) -> None:
        """Queues a file that failed once more."""
        with self._database.write() as session:
            entries.retry(session, entry_id)
        self.changed.set()

    def dismiss(self, entry_id: int) -> None:
        """Forgets a file that could not be read."""
        with self._database.write() as session:
            content_hash = entries.dismiss(session, entry_id)
        if content_hash:
            self.drop_unneeded(content_hash)

    # there

    def listing(self, containing: str = "", tags: Sequence[str] = ()) -> list[DocumentRecord]:
        with self._database.read() as session:
            return catalogue.listing(session, containing=containing, tags=tags)

    def count(self) -> int:
        with self._database.read() as session:
            return documents.count(session)

    def text(self, document_id: int, version: int | None = None) -> str | None:
        """The text of a document, of one version if named; None when it is gone."""
        with self._database.read() as session:
            return texts.whole(session, document_id, version)

    def version(self, document_id: int) -> int | None:
        """Which version of a document answers now; None when it is gone."""
        with self._database.read() as session:
            return texts.version(session, document_id)

    def excerpt(self, document_id: int, start: int, end: int, version: int | None = None) -> str:
        """A span of a document's text; empty when it is gone."""
        with self._database.read() as session:
            return texts.span(session, document_id, start, end, version)

    # out

    def remove(self, document_id: int) -> Removed | None:
        """Deletes a document with its texts, chunks, lexical rows and file; its vectors follow. None: not there."""
        with self._database.write() as session:
            removed = documents.remove(session, document_id)
        if removed is None:
            return None
        self.changed.set()
        return replace(removed, files=int(self.drop_unneeded(removed.content_hash)))

    def path(self, content_hash: str) -> Path:
        """Where a file's bytes are kept."""
        return self.folder / content_hash[:2] / content_hash

    def drop_unneeded(self, content_hash: str) -> bool:
        """Deletes a kept file unless a document or an entry still needs it; whether it did."""
        path = self.path(content_hash)
        with self._database.write() as session:  # so that nobody comes to need it between the look and the deletion
            if documents.find_by_hash(session, content_hash) is not None or entries.needs(session, content_hash):
                return False
            was_there = path.exists()
            path.unlink(missing_ok=True)
        return was_there

    def _keep(self, content_hash: str, data: bytes) -> None:
        path = self.path(content_hash)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            partial = path.with_suffix(f".{secrets.token_hex(4)}")  # two may keep the same file at once
            try:
                partial.write_bytes(data)
                partial.replace(path)
            except OSError:
                partial.unlink(missing_ok=True)  # half a file, of a disk that is full
                raise
