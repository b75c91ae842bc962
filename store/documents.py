"""Documents with their text and chunks. The full-text rows follow the chunks by triggers, in the same transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.orm import Session

from store.models import Chunk, Document, DocumentText, ForgottenVector
from store.records import ChunkRecord, DocumentRecord

PORTION = 500  # ids in one statement


@dataclass(frozen=True, slots=True)
class NewChunk:
    ordinal: int
    start: int
    end: int
    section: str
    page: int | None


@dataclass(frozen=True, slots=True)
class NewDocument:
    name: str
    title: str
    content_hash: str
    size: int
    pages: int | None
    text: str
    chunks: Sequence[NewChunk]
    added_by: str | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """What a deletion took away."""

    name: str
    content_hash: str
    characters: int
    chunks: int


def add(session: Session, new: NewDocument) -> int:
    """Stores a document whole: once this commits, lexical search finds it."""
    document = Document(
        name=new.name,
        title=new.title,
        content_hash=new.content_hash,
        size=new.size,
        pages=new.pages,
        characters=len(new.text),
        added_by=new.added_by,
    )
    session.add(document)
    session.flush()
    session.add(DocumentText(document_id=document.id, text=new.text))
    rows = [
        {
            "document_id": document.id,
            "ordinal": chunk.ordinal,
            "start": chunk.start,
            "end": chunk.end,
            "title": new.title,
            "section": chunk.section,
            "page": chunk.page,
            "text": new.text[chunk.start : chunk.end],
        }
        for chunk in new.chunks
    ]
    if rows:
        session.execute(insert(Chunk), rows)
    return document.id


def remove(session: Session, document_id: int) -> Removed | None:
    """Deletes a document with text, chunks and lexical rows, and notes the vectors to remove. None: not there."""
    document = session.get(Document, document_id)
    if document is None:
        return None
    chunk_ids = list(session.scalars(select(Chunk.id).where(Chunk.document_id == document_id)))
    if chunk_ids:
        session.execute(insert(ForgottenVector), [{"chunk_id": chunk_id} for chunk_id in chunk_ids])
    removed = Removed(document.name, document.content_hash, document.characters, len(chunk_ids))
    session.execute(delete(Document).where(Document.id == document_id))
    return removed


def listing(session: Session) -> list[DocumentRecord]:
    """All documents, the latest first."""
    return [_record(row) for row in session.execute(_LISTING.order_by(Document.id.desc()))]


def find(session: Session, document_id: int) -> DocumentRecord | None:
    row = session.execute(_LISTING.where(Document.id == document_id)).first()
    return _record(row) if row else None


def find_by_hash(session: Session, content_hash: str) -> int | None:
    """The document made of exactly this file."""
    return session.scalar(select(Document.id).where(Document.content_hash == content_hash))


def count(session: Session) -> int:
    return session.scalar(select(func.count(Document.id))) or 0


def text(session: Session, document_id: int) -> str | None:
    """The whole text of a document."""
    return session.scalar(select(DocumentText.text).where(DocumentText.document_id == document_id))


def text_slice(session: Session, document_id: int, start: int, end: int) -> str:
    """A span of a document's text."""
    piece = func.substr(DocumentText.text, start + 1, end - start)
    return session.scalar(select(piece).where(DocumentText.document_id == document_id)) or ""


def chunks(session: Session, chunk_ids: Iterable[int]) -> dict[int, ChunkRecord]:
    """Chunks by id; ids that are gone are left out."""
    rows = session.scalars(select(Chunk).where(Chunk.id.in_(list(chunk_ids))))
    return {row.id: _chunk(row) for row in rows}


def waiting_chunks(session: Session, limit: int) -> list[ChunkRecord]:
    """The next chunks without a vector, in the order they came."""
    rows = session.scalars(select(Chunk).where(~Chunk.embedded).order_by(Chunk.id).limit(limit))
    return [_chunk(row) for row in rows]


def mark_embedded(session: Session, chunk_ids: Sequence[int], *, embedded: bool = True) -> None:
    session.execute(update(Chunk).where(Chunk.id.in_(chunk_ids)).values(embedded=embedded))


def embed_again(session: Session, chunk_ids: Sequence[int]) -> None:
    """Notes that these chunks have lost their vectors."""
    for start in range(0, len(chunk_ids), PORTION):
        mark_embedded(session, chunk_ids[start : start + PORTION], embedded=False)


def embedded_ids(session: Session) -> set[int]:
    """The chunks that have a vector."""
    return set(session.scalars(select(Chunk.id).where(Chunk.embedded)))


def embedded_count(session: Session) -> int:
    return session.scalar(select(func.count(Chunk.id)).where(Chunk.embedded)) or 0


def forgotten_vectors(session: Session, limit: int = 1000) -> list[int]:
    """Chunks that are gone and whose vectors are still to be removed."""
    return list(session.scalars(select(ForgottenVector.chunk_id).limit(limit)))


def vectors_removed(session: Session, chunk_ids: Sequence[int]) -> None:
    session.execute(delete(ForgottenVector).where(ForgottenVector.chunk_id.in_(chunk_ids)))


def _chunk(row: Chunk) -> ChunkRecord:
    return ChunkRecord(
        id=row.id,
        document_id=row.document_id,
        ordinal=row.ordinal,
        start=row.start,
        end=row.end,
        title=row.title,
        section=row.section,
        page=row.page,
        text=row.text,
    )


_CHUNKS = (
    select(Chunk.document_id, func.count().label("chunks"), func.count().filter(Chunk.embedded).label("embedded"))
    .group_by(Chunk.document_id)
    .subquery()
)
_LISTING = select(Document, func.coalesce(_CHUNKS.c.chunks, 0), func.coalesce(_CHUNKS.c.embedded, 0)).outerjoin(
    _CHUNKS, _CHUNKS.c.document_id == Document.id
)


def _record(row: Row[Document, int, int]) -> DocumentRecord:
    document, chunk_count, embedded = row
    return DocumentRecord(
        id=document.id,
        name=document.name,
        title=document.title,
        size=document.size,
        pages=document.pages,
        characters=document.characters,
        chunks=chunk_count,
        embedded=embedded,
        added_at=document.added_at,
    )
