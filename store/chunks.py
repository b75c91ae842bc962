"""Chunks: what is indexed, which of them may answer, and which have their vector."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from store.models import WAITING, Chunk, Document, DocumentTag, ForgottenVector
from store.records import ChunkRecord

PORTION = 500  # ids in one statement
# Columns, not rows of the mapped class: a search reads eighty chunks, and objects cost more than the reading.
_WITH_VERSION = select(
    Chunk.id,
    Chunk.document_id,
    Chunk.ordinal,
    Chunk.start,
    Chunk.end,
    Chunk.title,
    Chunk.section,
    Chunk.page,
    Chunk.text,
    Document.version,
    Chunk.enabled,
    Chunk.embedded,
    Chunk.held,
).join(Document, Document.id == Chunk.document_id)


def get(session: Session, chunk_ids: Iterable[int]) -> dict[int, ChunkRecord]:
    """Chunks by id; ids that are gone are left out."""
    found = session.execute(_WITH_VERSION.where(Chunk.id.in_(list(chunk_ids))))
    return {row[0]: ChunkRecord(*row) for row in found}


def of_document(session: Session, document_id: int) -> list[ChunkRecord]:
    """The chunks of a document in their order."""
    query = _WITH_VERSION.where(Chunk.document_id == document_id).order_by(Chunk.ordinal)
    return [ChunkRecord(*row) for row in session.execute(query)]


def may_answer(session: Session, chunk_ids: Iterable[int], tags: Sequence[str] = ()) -> set[int]:
    """Those of these chunks that are switched on and not held back, whose document is on and bears one of the tags."""
    query = (
        select(Chunk.id)
        .join(Document, Document.id == Chunk.document_id)
        .where(Chunk.id.in_(list(chunk_ids)), Chunk.enabled, ~Chunk.held, Document.enabled)
    )
    if tags:
        tagged = select(DocumentTag.document_id).where(DocumentTag.tag.in_(tags))
        query = query.where(Document.id.in_(tagged))
    return set(session.scalars(query))


def owners(session: Session) -> list[int]:
    """The documents that have chunks."""
    return list(session.scalars(select(Chunk.document_id).distinct().order_by(Chunk.document_id)))


def count(session: Session) -> int:
    return session.scalar(select(func.count(Chunk.id))) or 0


def switch(session: Session, chunk_id: int, *, enabled: bool) -> None:
    """Lets a chunk answer, or not."""
    session.execute(update(Chunk).where(Chunk.id == chunk_id).values(enabled=enabled))


# vectors


def waiting(session: Session, limit: int) -> list[ChunkRecord]:
    """The next chunks without a vector, in the order they came."""
    query = _WITH_VERSION.where(WAITING).order_by(Chunk.id).limit(limit)
    return [ChunkRecord(*row) for row in session.execute(query)]


def after(session: Session, chunk_id: int, limit: int) -> list[ChunkRecord]:
    """The next chunks by id, with or without a vector: for an index that is built anew."""
    query = _WITH_VERSION.where(Chunk.id > chunk_id).order_by(Chunk.id).limit(limit)
    return [ChunkRecord(*row) for row in session.execute(query)]


def ids(session: Session) -> set[int]:
    return set(session.scalars(select(Chunk.id)))


def embedded_ids(session: Session) -> set[int]:
    """The chunks that have a vector."""
    return set(session.scalars(select(Chunk.id).where(Chunk.embedded)))


def embedded_count(session: Session) -> int:
    return session.scalar(select(func.count(Chunk.id)).where(Chunk.embedded)) or 0


def mark_embedded(session: Session, chunk_ids: Sequence[int], *, embedded: bool = True) -> None:
    """Notes that these chunks have their vectors, or have lost them."""
    for start in range(0, len(chunk_ids), PORTION):
        portion = chunk_ids[start : start + PORTION]
        session.execute(update(Chunk).where(Chunk.id.in_(portion)).values(embedded=embedded))


def forgotten(session: Session, limit: int | None = 1000) -> list[int]:
    """Chunks that are gone and whose vectors are still to be removed."""
    return list(session.scalars(select(ForgottenVector.chunk_id).limit(limit)))


def vectors_removed(session: Session, chunk_ids: Sequence[int]) -> None:
    session.execute(delete(ForgottenVector).where(ForgottenVector.chunk_id.in_(chunk_ids)))
