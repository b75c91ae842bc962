"""From a queued file to a stored document: parsed, split, and stored in one transaction with its full-text rows."""

import errno
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict

from rag.cancellation import Cancelled
from rag.ingest.content import Extracted, Finding, InnerFile, Unreadable
from rag.ingest.inner import told_apart
from rag.ingest.library import Library
from rag.ingest.parsing import Parser, Request
from rag.ingest.scanning import Scanner
from rag.ingest.split import split
from store import entries, quarantine, versions
from store.documents import NewChunk, NewDocument
from store.engine import Database, Unavailable
from store.records import EntryRecord, EntryState

PROGRESS_S = 0.5  # how often the pages read so far are noted
CHECK_S = 0.2  # how often to look whether the file is still wanted
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
log = logging.getLogger(__name__)


class Reading:
    """Reads queued files, one at a time. Several may read side by side, each with a parser of its own."""

    def __init__(self, database: Database, library: Library, parser: Parser, scanner: Scanner) -> None:
        self._database = database
        self._scanner = scanner
        self._library = library
        self._parser = parser
        self._closed = False
        self._left: EntryRecord | None = None  # taken from the queue, and could not be put back

    def step(self) -> bool:
        """Reads the next file; False when none waits. Raises Unavailable, OSError while the disk is full."""
        if self._left is not None:
            self._move(self._left, "queued")
            self._left = None
        with self._database.read() as session:
            if not entries.any_queued(session):
                return False  # without taking the write lock
        with self._database.write() as session:
            entry = entries.claim(session)
        if entry is None:
            return False
        try:
            self._read(entry)
        except (Unavailable, OSError):
            self._put_back(entry)
            raise
        return True

    def rest(self) -> None:
        """Lets go of the parser until the next file comes."""
        self._parser.close()

    def close(self) -> None:
        """For good; a file being parsed goes back into the queue."""
        self._closed = True
        self._parser.close()

    def _read(self, entry: EntryRecord) -> None:
        unwanted = _Watcher(self._database, entry.id)

        def stop() -> bool:
            return self._closed or unwanted()

        try:
            request = Request(entry.name, self._library.path(entry.content_hash), self._library.max_bytes)
            parsed = self._parser.parse(request, _Progress(self._database, entry.id), stop)
            left_out = self._add_inner(entry, parsed.files, stop)
            if isinstance(parsed, Extracted):
                self._move(entry, "splitting")
                self._store(entry, parsed, left_out)
            else:
                self._end_archive(entry, len(parsed.files), [*(f.words for f in parsed.findings), *left_out])
        except Unreadable as trouble:
            if self._closed:
                self._put_back(entry)
            else:
                self._move(entry, "failed", problem=str(trouble))
        except Cancelled:
            if self._closed:
                self._put_back(entry)
            else:
                self._leave_out(entry)
        except Unavailable:
            raise
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise
            log.exception("The kept file of %s cannot be read", entry.name)
            self._move(entry, "failed", problem=f"{entry.name} is no longer on the disk; add it again.")
        except Exception:
            self._move(entry, "failed", problem=f"{entry.name} could not be read, and that is our fault.")
            raise

    def _add_inner(self, entry: EntryRecord, files: Sequence[InnerFile], unwanted: Callable[[], bool]) -> list[str]:
        """Queues the files found inside; gives sentences about those left out. Raises Cancelled."""
        left_out = []
        for file in told_apart(files):
            if unwanted():
                raise Cancelled
            if why := self._library.add_inner(entry, file):
                left_out.append(why)
        return left_out

    def _store(self, entry: EntryRecord, extracted: Extracted, left_out: Sequence[str]) -> None:
        findings = [*extracted.findings, *(Finding("left_out", why) for why in left_out)]
        new = NewDocument(
            name=entry.name,
            title=extracted.title,
            content_hash=entry.content_hash,
            size=entry.size,
            pages=extracted.pages,
            text=extracted.text,
            chunks=[NewChunk(c.ordinal, c.start, c.end, c.section, c.page) for c in split(extracted)],
            added_by=entry.added_by,
            source=entry.source,
            tags=entry.tags,
            findings=[asdict(finding) for finding in findings],
        )
        seen = self._scanner.look(new.title, new.text, new.chunks)
        with self._database.write() as session:
            if entries.is_cancelling(session, entry.id):
                raise Cancelled
            put = versions.put(session, new)
            if put.version:
                quarantine.note(session, put.document_id, seen)
            notice = f"version {put.version}" if put.version and put.version > 1 else None
            state: EntryState = "known" if put.version is None else "embedding"
            entries.move(session, entry.id, state, document_id=put.document_id, notice=notice)
            entries.finish_embedded(session)  # a version of which every chunk was there already
        if put.unneeded:
            self._library.drop_unneeded(put.unneeded)

    def _end_archive(self, entry: EntryRecord, count: int, left_out: Sequence[str]) -> None:
        found = f"{count} file{'' if count == 1 else 's'} in it"
        self._move(entry, "done", notice=". ".join([found, *left_out[:1]]))
        self._library.drop_unneeded(entry.content_hash)

    def _move(
        self, entry: EntryRecord, state: EntryState, *, problem: str | None = None, notice: str | None = None
    ) -> None:
        with self._database.write() as session:
            entries.move(session, entry.id, state, problem=problem, notice=notice)

    def _leave_out(self, entry: EntryRecord) -> None:
        self._library.cancel(entry.id)  # once more: files inside may have been queued since
        self._move(entry, "cancelled")
        self._library.drop_unneeded(entry.content_hash)

    def _put_back(self, entry: EntryRecord) -> None:
        try:
            self._move(entry, "queued")
        except Unavailable:
            self._left = entry


class _Progress:
    """Notes pages read, now and then."""

    def __init__(self, database: Database, entry_id: int) -> None:
        self._database, self._entry_id = database, entry_id
        self._next = 0.0

    def __call__(self, done: int, of: int) -> None:
        if time.monotonic() >= self._next:
            with self._database.write() as session:
                entries.note_parts(session, self._entry_id, done, of)
            self._next = time.monotonic() + PROGRESS_S


class _Watcher:
    """Tells whether somebody wants the file left out."""

    def __init__(self, database: Database, entry_id: int) -> None:
        self._database, self._entry_id = database, entry_id
        self._next = 0.0
        self._unwanted = False

    def __call__(self) -> bool:
        if not self._unwanted and time.monotonic() >= self._next:
            with self._database.read() as session:
                self._unwanted = entries.is_cancelling(session, self._entry_id)
            self._next = time.monotonic() + CHECK_S
        return self._unwanted
