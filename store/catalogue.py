"""The catalogue: what is known about documents without their words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, UnaryExpression, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from store.models import WAITING, Chunk, Document, DocumentTag
from store.records import DocumentOrder, DocumentRecord, DocumentState, Wanted

FEW = 500  # documents whose tags are asked for by id
_CHUNKS = (
    select(
        Chunk.document_id,
        func.count().label("chunks"),
        func.count().filter(Chunk.embedded).label("embedded"),
        func.count().filter(Chunk.held).label("held"),
    )
    .group_by(Chunk.document_id)
    .subquery()
)
_LISTING = select(
    Document,
    func.coalesce(_CHUNKS.c.chunks, 0),
    func.coalesce(_CHUNKS.c.embedded, 0),
    func.coalesce(_CHUNKS.c.held, 0),
).outerjoin(_CHUNKS, _CHUNKS.c.document_id == Document.id)


_CHUNK_COUNT = select(func.count(Chunk.id)).where(Chunk.document_id == Document.id)
_COUNTS = (
    _CHUNK_COUNT.correlate(Document).scalar_subquery(),
    _CHUNK_COUNT.where(Chunk.embedded).correlate(Document).scalar_subquery(),
    _CHUNK_COUNT.where(Chunk.held).correlate(Document).scalar_subquery(),
)
_HAS_WAITING = Document.id.in_(select(Chunk.document_id).where(WAITING))
_STATES: dict[DocumentState, ColumnElement[bool]] = {
    "ready": Document.enabled & ~_HAS_WAITING,
    "vectors_follow": Document.enabled & _HAS_WAITING,
    "switched_off": ~Document.enabled,
    "with_findings": func.json_array_length(Document.findings) > 0,
    "held_back": Document.id.in_(select(Chunk.document_id).where(Chunk.held)),
}
_ORDERS: dict[DocumentOrder, tuple[UnaryExpression[Any], ...]] = {
    "newest": (Document.id.desc(),),
    "oldest": (Document.id.asc(),),
    "title": (func.lower(Document.title).asc(), Document.id.asc()),
    "largest": (Document.size.desc(), Document.id.asc()),
}


def listing(session: Session, *, containing: str = "", tags: Sequence[str] = ()) -> list[DocumentRecord]:
    """Documents, the latest first; those with these words in title or file name, and one of these tags."""
    return _with_tags(session, _LISTING.where(*_wanted(Wanted(containing, tuple(tags)))).order_by(Document.id.desc()))


def browse(session: Session, wanted: Wanted, *, limit: int, offset: int = 0) -> tuple[list[DocumentRecord], int]:
    """A page of the documents that are wanted, and how many they are in all.

    Chunks are counted for this page alone: over 5,000 documents that takes 10 ms, the whole listing 500.
    """
    which = _wanted(wanted)
    page = select(Document, *_COUNTS).where(*which).order_by(*_ORDERS[wanted.order]).limit(limit).offset(offset)
    return _with_tags(session, page), session.scalar(select(func.count(Document.id)).where(*which)) or 0


def find(session: Session, document_id: int) -> DocumentRecord | None:
    found = _with_tags(session, select(Document, *_COUNTS).where(Document.id == document_id))
    return found[0] if found else None


def tags(session: Session) -> dict[str, int]:
    """All tags, and how many documents bear each."""
    query = select(DocumentTag.tag, func.count()).group_by(DocumentTag.tag).order_by(DocumentTag.tag)
    return {row[0]: row[1] for row in session.execute(query)}


def tag(session: Session, document_id: int, words: Sequence[str]) -> None:
    """Makes these the document's tags."""
    session.execute(delete(DocumentTag).where(DocumentTag.document_id == document_id))
    if words:
        session.execute(
            insert(DocumentTag), [{"document_id": document_id, "tag": word} for word in dict.fromkeys(words)]
        )


def add_tags(session: Session, document_id: int, words: Sequence[str]) -> None:
    """Gives the document these tags too."""
    if words:
        worn = session.scalars(select(DocumentTag.tag).where(DocumentTag.document_id == document_id)).all()
        tag(session, document_id, [*worn, *words])


def _with_tags(session: Session, query: Select[Document, int, int, int]) -> list[DocumentRecord]:
    records = [_record(row) for row in session.execute(query)]
    tagged = select(DocumentTag.document_id, DocumentTag.tag).order_by(DocumentTag.tag)
    if len(records) <= FEW:
        tagged = tagged.where(DocumentTag.document_id.in_([record.id for record in records]))
    worn: dict[int, list[str]] = {}
    for document_id, word in session.execute(tagged):
        worn.setdefault(document_id, []).append(word)
    return [replace(record, tags=tuple(worn.get(record.id, ()))) for record in records]


def _wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = []
    if wanted.containing:
        named = [column.icontains(wanted.containing, autoescape=True) for column in (Document.title, Document.name)]
        which.append(or_(*named))
    if wanted.tags:
        tagged = select(DocumentTag.document_id).where(DocumentTag.tag.in_(wanted.tags))
        which.append(Document.id.in_(tagged))
    if wanted.state:
        which.append(_STATES[wanted.state])
    return which


def _record(row: Row[Document, int, int, int]) -> DocumentRecord:
    document, chunks, embedded, held = row
    return DocumentRecord(
        id=document.id,
        name=document.name,
        title=document.title,
        size=document.size,
        pages=document.pages,
        characters=document.characters,
        chunks=chunks,
        embedded=embedded,
        added_at=document.added_at,
        added_by=document.added_by,
        source=document.source,
        version=document.version,
        enabled=document.enabled,
        findings=tuple(document.findings),
        held=held,
    )
