"""The ingest queue: files on their way in. Any process adds to it; the owner of the vector index works it off."""

from typing import cast

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from store.models import Chunk, Entry
from store.records import EntryRecord, EntryState

UNFINISHED: tuple[EntryState, ...] = ("queued", "reading", "embedding")


def add(session: Session, *, name: str, content_hash: str, size: int, added_by: str | None) -> int:
    """Queues a file whose bytes are already kept."""
    entry = Entry(name=name, content_hash=content_hash, size=size, added_by=added_by)
    session.add(entry)
    session.flush()
    return entry.id


def next_queued(session: Session) -> EntryRecord | None:
    """The oldest file that waits to be read."""
    row = session.scalar(select(Entry).where(Entry.state == "queued").order_by(Entry.id).limit(1))
    return _record(row, 0, 0) if row else None


def move(
    session: Session,
    entry_id: int,
    state: EntryState,
    *,
    document_id: int | None = None,
    problem: str | None = None,
) -> None:
    """Notes where a file is now."""
    change = update(Entry).where(Entry.id == entry_id)
    session.execute(change.values(state=state, document_id=document_id, problem=problem))


def requeue_unread(session: Session) -> None:
    """Puts back what a process that died was reading; a file that did so twice is left out."""
    unread = update(Entry).where(Entry.state == "reading")
    poison = "This file stopped the app twice while it was read, so it is left out."
    session.execute(unread.where(Entry.attempts >= 1).values(state="failed", problem=poison))
    session.execute(unread.values(state="queued", attempts=Entry.attempts + 1))


def finish_embedded(session: Session) -> None:
    """Closes the entries whose document has all its vectors."""
    waiting = select(Chunk.document_id).where(~Chunk.embedded).distinct()
    done = update(Entry).where(Entry.state == "embedding", Entry.document_id.not_in(waiting))
    session.execute(done.values(state="done"))


def get(session: Session, entry_ids: list[int]) -> list[EntryRecord]:
    """Entries with the progress of their chunks, in the order they came."""
    return _with_progress(session, Entry.id.in_(entry_ids))


def unfinished(session: Session) -> list[EntryRecord]:
    """What is still being worked on."""
    return _with_progress(session, Entry.state.in_(UNFINISHED))


def failed(session: Session) -> list[EntryRecord]:
    """What could not be read and has not been dismissed."""
    return _with_progress(session, Entry.state == "failed")


def dismiss(session: Session, entry_id: int) -> str | None:
    """Removes a failed entry; gives its content hash, whose file nobody needs any more."""
    return session.scalar(
        delete(Entry).where(Entry.id == entry_id, Entry.state == "failed").returning(Entry.content_hash)
    )


def _with_progress(session: Session, which: ColumnElement[bool]) -> list[EntryRecord]:
    of_document = Chunk.document_id == Entry.document_id
    total = select(func.count(Chunk.id)).where(of_document).scalar_subquery()
    embedded = select(func.count(Chunk.id)).where(of_document, Chunk.embedded).scalar_subquery()
    rows = session.execute(select(Entry, total, embedded).where(which).order_by(Entry.id))
    return [_record(row[0], row[1], row[2]) for row in rows]


def _record(row: Entry, chunks: int, embedded: int) -> EntryRecord:
    return EntryRecord(
        id=row.id,
        name=row.name,
        content_hash=row.content_hash,
        size=row.size,
        state=cast(EntryState, row.state),
        problem=row.problem,
        document_id=row.document_id,
        added_by=row.added_by,
        chunks=chunks,
        embedded=embedded,
    )
