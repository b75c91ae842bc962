"""The catalogue: what is known about documents without their words."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Row, Select, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from store.models import Chunk, Document, DocumentTag
from store.records import DocumentRecord

_CHUNKS = (
    select(Chunk.document_id, func.count().label("chunks"), func.count().filter(Chunk.embedded).label("embedded"))
    .group_by(Chunk.document_id)
    .subquery()
)
_LISTING = select(Document, func.coalesce(_CHUNKS.c.chunks, 0), func.coalesce(_CHUNKS.c.embedded, 0)).outerjoin(
    _CHUNKS, _CHUNKS.c.document_id == Document.id
)


def listing(session: Session, *, containing: str = "", tags: Sequence[str] = ()) -> list[DocumentRecord]:
    """Documents, the latest first; those with these words in title or file name, and one of these tags."""
    query = _LISTING.order_by(Document.id.desc())
    if containing:
        wanted = [column.icontains(containing, autoescape=True) for column in (Document.title, Document.name)]
        query = query.where(or_(*wanted))
    if tags:
        query = query.where(Document.id.in_(select(DocumentTag.document_id).where(DocumentTag.tag.in_(tags))))
    return _with_tags(session, query)


def find(session: Session, document_id: int) -> DocumentRecord | None:
    found = _with_tags(session, _LISTING.where(Document.id == document_id))
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


def _with_tags(session: Session, query: Select[Document, int, int]) -> list[DocumentRecord]:
    records = [_record(row) for row in session.execute(query)]
    worn: dict[int, list[str]] = {}
    for document_id, word in session.execute(
        select(DocumentTag.document_id, DocumentTag.tag).order_by(DocumentTag.tag)
    ):
        worn.setdefault(document_id, []).append(word)
    return [replace(record, tags=tuple(worn.get(record.id, ()))) for record in records]


def _record(row: Row[Document, int, int]) -> DocumentRecord:
    document, chunks, embedded = row
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
    )
