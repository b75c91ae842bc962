"""How far files on their way in have come: stages, chunks with vectors, and what is still ahead of them."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from store.models import WAITING, Chunk, Entry
from store.records import EntryRecord, EntryState

UNFINISHED: tuple[EntryState, ...] = ("queued", "reading", "splitting", "embedding")
UNREAD: tuple[EntryState, ...] = ("queued", "reading", "splitting")
_COUNTED = 20  # documents for which it is counted how many chunks are ahead of them
_SHARED = tuple(field.name for field in fields(EntryRecord) if hasattr(Entry, field.name))


def get(session: Session, entry_ids: Sequence[int]) -> list[EntryRecord]:
    """Entries and those of the files in them, with the progress of their chunks, in the order they came."""
    return _with_progress(session, or_(Entry.id.in_(entry_ids), Entry.parent_id.in_(entry_ids)))


def unfinished(session: Session) -> list[EntryRecord]:
    """What is still being worked on."""
    return _with_progress(session, Entry.state.in_(UNFINISHED))


def count_unfinished(session: Session) -> int:
    """How many files are still being worked on."""
    return session.scalar(select(func.count(Entry.id)).where(Entry.state.in_(UNFINISHED))) or 0


def failed(session: Session) -> list[EntryRecord]:
    """What could not be read and has not been dismissed."""
    return _with_progress(session, Entry.state == "failed")


def _with_progress(session: Session, which: ColumnElement[bool]) -> list[EntryRecord]:
    of_document = Chunk.document_id == Entry.document_id
    total = select(func.count(Chunk.id)).where(of_document).scalar_subquery()
    embedded = select(func.count(Chunk.id)).where(of_document, Chunk.embedded).scalar_subquery()
    rows = session.execute(select(Entry, total, embedded).where(which).order_by(Entry.id)).all()
    ahead = _ahead(session, [row[0].document_id for row in rows if row[0].state == "embedding"])
    return [
        record(row, chunks=chunks, embedded=done, ahead=ahead.get(row.document_id or 0, 0))
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
    ordered = sorted(last, key=lambda document: last[document])
    counted = {
        document: session.scalar(waiting.where(Chunk.id <= last[document])) or 0
        for document in (*ordered[:_COUNTED], *ordered[-1:])
    }
    # Those far behind are told the time until all is done: a count for each of thousands would take longer than a tick.
    return {document: counted.get(document, counted[ordered[-1]]) for document in ordered}


def record(row: Entry, **progress: Any) -> EntryRecord:
    """An entry as it is handed out."""
    known = {name: getattr(row, name) for name in _SHARED} | {"tags": tuple(row.tags), "chunks": 0, "embedded": 0}
    return EntryRecord(**known | progress)
