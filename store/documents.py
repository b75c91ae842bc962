"""Documents going in and out. New versions of them: store/versions.py. What is known of them: store/catalogue.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from store import examples, items_due, test_cases, verified
from store.models import Chunk, Document, DocumentTag, DocumentText, EarlierText, ForgottenVector


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
    source: str = ""  # what a new version of the file is known by; its name where nothing else is
    tags: Sequence[str] = ()
    findings: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Removed:
    """What a deletion took away."""

    name: str
    content_hash: str
    characters: int
    chunks: int
    vectors: int = 0
    versions: int = 1  # texts, with the earlier ones
    files: int = 0


def add(session: Session, new: NewDocument) -> int:
    """Stores a document whole: once this commits, lexical search finds it."""
    document = Document(**facts(new), added_by=new.added_by, source=new.source or new.name)
    session.add(document)
    session.flush()
    session.add(DocumentText(document_id=document.id, text=new.text))
    session.add_all(DocumentTag(document_id=document.id, tag=tag) for tag in dict.fromkeys(new.tags))
    insert_chunks(session, document.id, new, new.chunks)
    return document.id


def remove(session: Session, document_id: int) -> Removed | None:
    """Deletes a document with text, chunks and lexical rows, and notes the vectors to remove. None: not there."""
    document = session.get(Document, document_id)
    if document is None:
        return None
    embedded = dict(session.execute(select(Chunk.id, Chunk.embedded).where(Chunk.document_id == document_id)).all())
    forget_vectors(session, list(embedded))
    earlier = session.scalar(select(func.count()).where(EarlierText.document_id == document_id)) or 0
    told = (document.name, document.content_hash, document.characters)
    removed = Removed(*told, chunks=len(embedded), vectors=sum(embedded.values()), versions=1 + earlier)
    for outcomes in (examples, test_cases, verified):  # they hold words of it
        outcomes.forget_document(session, document_id)
    items_due.add_citing(session, document_id)
    session.execute(delete(Document).where(Document.id == document_id))
    return removed


def find_by_hash(session: Session, content_hash: str) -> int | None:
    """The document made of exactly this file."""
    return session.scalar(select(Document.id).where(Document.content_hash == content_hash))


def find_by_source(session: Session, source: str) -> int | None:
    """The document a file from this source would be a new version of."""
    return session.scalar(select(Document.id).where(Document.source == source).order_by(Document.id).limit(1))


def below(session: Session, folder: str) -> dict[int, tuple[str, str]]:
    """Source and content hash of the documents whose source begins so."""
    query = select(Document.id, Document.source, Document.content_hash).where(
        Document.source.startswith(folder, autoescape=True)
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(query)}


def move(session: Session, document_id: int, *, source: str, name: str) -> None:
    """Notes that the file is found elsewhere now."""
    session.execute(update(Document).where(Document.id == document_id).values(source=source, name=name))


def switch(session: Session, document_id: int, *, enabled: bool) -> None:
    """Lets a document answer, or not."""
    session.execute(update(Document).where(Document.id == document_id).values(enabled=enabled))


def count(session: Session) -> int:
    return session.scalar(select(func.count(Document.id))) or 0


def originals(session: Session) -> dict[int, str]:
    """The file each document is made of, by its content hash."""
    return {row[0]: row[1] for row in session.execute(select(Document.id, Document.content_hash))}


def facts(new: NewDocument) -> dict[str, Any]:
    """What is known of a version of a document."""
    return {
        "name": new.name,
        "title": new.title,
        "content_hash": new.content_hash,
        "size": new.size,
        "pages": new.pages,
        "characters": len(new.text),
        "findings": list(new.findings),
    }


def insert_chunks(session: Session, document_id: int, new: NewDocument, chunks: Sequence[NewChunk]) -> None:
    """Stores chunks of a document; the full-text rows follow by triggers."""
    rows = [
        {
            "document_id": document_id,
            "ordinal": chunk.ordinal,
            "start": chunk.start,
            "end": chunk.end,
            "title": new.title,
            "section": chunk.section,
            "page": chunk.page,
            "text": new.text[chunk.start : chunk.end],
        }
        for chunk in chunks
    ]
    if rows:
        session.execute(insert(Chunk), rows)


def forget_vectors(session: Session, chunk_ids: Sequence[int]) -> None:
    """Notes that the vectors of these chunks are to be removed."""
    if chunk_ids:
        session.execute(insert(ForgottenVector), [{"chunk_id": chunk_id} for chunk_id in chunk_ids])
