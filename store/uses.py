"""What answers made of documents: which chunks were found for them, which were cited, how readers rated that."""

from collections.abc import Sequence

from sqlalchemy import case, func, insert, select
from sqlalchemy.orm import Session

from store.models import Chunk, ChunkUse, Document, Feedback
from store.records import UseCounts, UseRecord


def keep(session: Session, message_id: int, uses: Sequence[UseRecord]) -> None:
    """Notes what was found for an answer; documents and chunks that are gone meanwhile are left out."""
    documents = set(session.scalars(select(Document.id).where(Document.id.in_({use.document_id for use in uses}))))
    chunks = set(session.scalars(select(Chunk.id).where(Chunk.id.in_({use.chunk_id for use in uses}))))
    rows = [
        {
            "message_id": message_id,
            "document_id": use.document_id,
            "chunk_id": use.chunk_id if use.chunk_id in chunks else None,
            "rank": use.rank,
            "cited": use.cited,
        }
        for use in uses
        if use.document_id in documents
    ]
    if rows:
        session.execute(insert(ChunkUse), rows)


def by_chunk(session: Session, document_id: int) -> dict[int, tuple[int, int]]:
    """For each chunk of a document that was ever found: how often, and how often it was cited."""
    query = (
        select(ChunkUse.chunk_id, func.count(), func.count().filter(ChunkUse.cited))
        .where(ChunkUse.document_id == document_id, ChunkUse.chunk_id.is_not(None))
        .group_by(ChunkUse.chunk_id)
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(query) if row[0] is not None}


def of_document(session: Session, document_id: int) -> UseCounts:
    """Answers a document was found for, those that cite it, and how these were rated."""
    cited = select(ChunkUse.message_id).where(ChunkUse.document_id == document_id, ChunkUse.cited).distinct()
    found = func.count(ChunkUse.message_id.distinct())
    of_it = ChunkUse.document_id == document_id
    rated = select(
        func.coalesce(func.sum(case((Feedback.rating == 1, 1), else_=0)), 0),
        func.coalesce(func.sum(case((Feedback.rating == -1, 1), else_=0)), 0),
    ).where(Feedback.current, Feedback.message_id.in_(cited))
    up, down = session.execute(rated).one()
    return UseCounts(
        found=session.scalar(select(found).where(of_it)) or 0,
        cited=session.scalar(select(found).where(of_it, ChunkUse.cited)) or 0,
        up=up,
        down=down,
    )
