"""The ingest queue: files on their way in. Any process adds to it; the owner of the vector index works it off."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from store.models import WAITING, Chunk, Entry, now
from store.records import EntryRecord, EntryState

UNFINISHED: tuple[EntryState, ...] = ("queued", "reading", "splitting", "embedding")
UNREAD: tuple[EntryState, ...] = ("queued", "reading", "splitting")
_POISON = "This file stopped the app twice while it was read, so it is left out."
_SHARED = tuple(field.name for field in fields(EntryRecord) if hasattr(Entry, field.name))
_EARLIER = aliased(Entry)
_NEXT = (
    select(Entry.id)
    .where(Entry.state == "queued")
    .where(~exists().where(_EARLIER.source == Entry.source, _EARLIER.state.in_(("reading", "splitting"))))
    .order_by(Entry.id)
    .limit(1)
    .subquery()
)


def add(
    session: Session,
    *,
    name: str,
    content_hash: str,
    size: int,
    added_by: str | None,
    source: str = "",
    parent_id: int | None = None,
    tags: Sequence[str] = (),
) -> int:
    """Queues a file whose bytes are already kept."""
    entry = Entry(name=name, content_hash=content_hash, size=size, added_by=added_by, parent_id=parent_id)
    entry.source, entry.tags = source or name, list(tags)
    session.add(entry)
    session.flush()
    return entry.id


def any_queued(session: Session) -> bool:
    """Whether a file waits to be read, and may be."""
    return session.scalar(select(_NEXT.c.id)) is not None


def claim(session: Session) -> EntryRecord | None:
    """Takes the oldest file that waits to be read. In a write transaction no two readers get the same."""
    # Read side by side, an older file from the same source could end last and pass for the newer version.
    row = session.scalar(select(Entry).join(_NEXT, Entry.id == _NEXT.c.id).with_for_update(of=Entry, skip_locked=True))
    if row is None:
        return None
    row.state, row.reading_since, row.parts_done, row.parts = "reading", now(), 0, 0
    session.flush()
    return _record(row)


def move(
    session: Session,
    entry_id: int,
    state: EntryState,
    *,
    document_id: int | None = None,
    problem: str | None = None,
    notice: str | None = None,
) -> None:
    """Notes where a file is now."""
    change = update(Entry).where(Entry.id == entry_id)
    session.execute(change.values(state=state, document_id=document_id, problem=problem, notice=notice))


def note_parts(session: Session, entry_id: int, done: int, of: int) -> None:
    """Notes how many of a file's pages, slides or sheets are read."""
    session.execute(update(Entry).where(Entry.id == entry_id).values(parts_done=done, parts=of))


def requeue_unread(session: Session) -> None:
    """Puts back what a process that died was reading; a file that did so twice is left out."""
    session.execute(update(Entry).where(Entry.cancelling, Entry.state.in_(UNREAD)).values(state="cancelled"))
    unread = update(Entry).where(Entry.state.in_(("reading", "splitting")))
    session.execute(unread.where(Entry.attempts >= 1).values(state="failed", problem=_POISON))
    session.execute(unread.values(state="queued", attempts=Entry.attempts + 1))


def cancel(session: Session, entry_id: int) -> EntryRecord | None:
    """Asks that a file be left out; the record says how far it had come. One that waits is left out at once."""
    row = session.get(Entry, entry_id)
    if row is None or row.state not in UNFINISHED:
        return None
    before = _record(row)
    row.cancelling = True
    if row.state == "queued":
        row.state = "cancelled"
    for child in session.scalars(select(Entry.id).where(Entry.parent_id == entry_id)):
        cancel(session, child)
    return before


def is_cancelling(session: Session, entry_id: int) -> bool:
    """Whether somebody wants this file left out; also when its entry is gone."""
    return session.scalar(select(Entry.cancelling).where(Entry.id == entry_id)) is not False


def retry(session: Session, entry_id: int) -> bool:
    """Queues a file that failed once more."""
    failed = update(Entry).where(Entry.id == entry_id, Entry.state == "failed")
    again = failed.values(state="queued", attempts=0, problem=None, cancelling=False)
    return bool(session.execute(again.returning(Entry.id)).first())


def finish_embedded(session: Session) -> None:
    """Closes the entries whose document has all its vectors."""
    waiting = exists().where(Chunk.document_id == Entry.document_id, ~Chunk.embedded)
    done = update(Entry).where(Entry.state == "embedding", ~waiting)
    session.execute(done.values(state="done", notice=Entry.notice))


def get(session: Session, entry_ids: Sequence[int]) -> list[EntryRecord]:
    """Entries and those of the files in them, with the progress of their chunks, in the order they came."""
    return _with_progress(session, or_(Entry.id.in_(entry_ids), Entry.parent_id.in_(entry_ids)))


def unfinished(session: Session) -> list[EntryRecord]:
    """What is still being worked on."""
    return _with_progress(session, Entry.state.in_(UNFINISHED))


def failed(session: Session) -> list[EntryRecord]:
    """What could not be read and has not been dismissed."""
    return _with_progress(session, Entry.state == "failed")


def dismiss(session: Session, entry_id: int) -> str | None:
    """Removes a failed entry; gives its content hash, whose file nobody may need any more."""
    return session.scalar(
        delete(Entry).where(Entry.id == entry_id, Entry.state == "failed").returning(Entry.content_hash)
    )


def content_hashes(session: Session) -> set[str]:
    """The files that entries not yet finished, or failed and perhaps to be tried again, are made of."""
    return set(session.scalars(select(Entry.content_hash).where(Entry.state.in_((*UNFINISHED, "failed")))))


def needs(session: Session, content_hash: str) -> bool:
    """Whether such an entry is made of this file."""
    needed = (Entry.content_hash == content_hash) & Entry.state.in_((*UNFINISHED, "failed"))
    return bool(session.scalar(select(exists().where(needed))))


def _with_progress(session: Session, which: ColumnElement[bool]) -> list[EntryRecord]:
    of_document = Chunk.document_id == Entry.document_id
    total = select(func.count(Chunk.id)).where(of_document).scalar_subquery()
    embedded = select(func.count(Chunk.id)).where(of_document, Chunk.embedded).scalar_subquery()
    rows = session.execute(select(Entry, total, embedded).where(which).order_by(Entry.id)).all()
    ahead = _ahead(session, [row[0].document_id for row in rows if row[0].state == "embedding"])
    return [
        _record(row, chunks=chunks, embedded=done, ahead=ahead.get(row.document_id or 0, 0))
        for row, chunks, done in rows
    ]


def _ahead(session: Session, document_ids: Sequence[int | None]) -> dict[int, int]:
    """For each document, how many chunks have to be embedded until its last one is; they go in the order of ids."""
    last = dict(
        session.execute(
            select(Chunk.document_id, func.max(Chunk.id))
            .where(Chunk.document_id.in_(document_ids), ~Chunk.embedded)
            .group_by(Chunk.document_id)
        ).all()
    )
    waiting = select(func.count(Chunk.id)).where(WAITING)
    return {document: session.scalar(waiting.where(Chunk.id <= end)) or 0 for document, end in last.items()}


def _record(row: Entry, **progress: Any) -> EntryRecord:
    known = {name: getattr(row, name) for name in _SHARED} | {"tags": tuple(row.tags), "chunks": 0, "embedded": 0}
    return EntryRecord(**known | progress)
