"""A file comes in: as a document of its own, as a new version of one, or as one that is there already.

All of it is one transaction: the old chunks answer until it commits, the new ones after it.
"""

from dataclasses import dataclass

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from store import catalogue, documents, items_due
from store.documents import NewDocument
from store.models import Chunk, Citation, Document, DocumentText, EarlierText


@dataclass(frozen=True, slots=True)
class Put:
    """Where a file's words are now."""

    document_id: int
    version: int | None  # None: they were there already
    unneeded: str | None = None  # content hash of a file that went out of use by it


def put(session: Session, new: NewDocument) -> Put:
    """Stores a file's words. Another file from the same source is a new version of its document."""
    known = documents.find_by_hash(session, new.content_hash)
    older = documents.find_by_source(session, new.source or new.name)
    if known is not None:
        gone = documents.remove(session, older) if older is not None and older != known else None
        catalogue.add_tags(session, known, new.tags)
        return Put(known, None, gone.content_hash if gone else None)
    if older is None:
        return Put(documents.add(session, new), 1)
    before = session.get_one(Document, older).content_hash
    catalogue.add_tags(session, older, new.tags)
    return Put(older, _replace(session, older, new), before)


def _replace(session: Session, document_id: int, new: NewDocument) -> int:
    """Puts a new version in the place of a document; gives its number.

    Chunks whose title, section and words are the same keep their id, and with it vector, switch and counts. The old
    text is kept only where a footnote points into it.
    """
    document = session.get_one(Document, document_id)
    text = session.get_one(DocumentText, document_id)
    cited = exists().where(Citation.document_id == document_id, Citation.version == document.version)
    if session.scalar(select(cited)):
        session.add(EarlierText(document_id=document_id, version=document.version, text=text.text))
    kept = _keep_same_chunks(session, document_id, new)
    for field, value in documents.facts(new).items():
        setattr(document, field, value)
    document.version, document.added_by, text.text = document.version + 1, new.added_by, new.text
    session.flush()
    documents.insert_chunks(session, document_id, new, [chunk for chunk in new.chunks if chunk.ordinal not in kept])
    items_due.add_citing(session, document_id)
    return document.version


def _keep_same_chunks(session: Session, document_id: int, new: NewDocument) -> set[int]:
    """Moves the chunks that the new version has as well, removes the others; gives the ordinals that are there."""
    old: dict[tuple[str, str, str], list[int]] = {}
    for row in session.execute(
        select(Chunk.id, Chunk.title, Chunk.section, Chunk.text)
        .where(Chunk.document_id == document_id)
        .order_by(Chunk.ordinal.desc())
    ):
        old.setdefault((row[1], row[2], row[3]), []).append(row[0])
    moved = []
    for chunk in new.chunks:
        same = old.get((new.title, chunk.section, new.text[chunk.start : chunk.end]))
        if same:
            place = {"ordinal": chunk.ordinal, "start": chunk.start, "end": chunk.end, "page": chunk.page}
            moved.append({"id": same.pop(), **place})
    gone = [chunk_id for same in old.values() for chunk_id in same]
    documents.forget_vectors(session, gone)
    session.execute(delete(Chunk).where(Chunk.id.in_(gone)))
    # Out of the way first: no two chunks of a document may have the same place, not even in between.
    session.execute(update(Chunk).where(Chunk.document_id == document_id).values(ordinal=-1 - Chunk.ordinal))
    if moved:
        session.execute(update(Chunk), moved)
    return {chunk["ordinal"] for chunk in moved}  # type: ignore[misc]
