"""Documents as footnotes stand in them: version, words, pieces, and which of these may answer."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from store import chunks, texts
from store.records import GroundRecord


def of_documents(session: Session, document_ids: Iterable[int]) -> dict[int, GroundRecord]:
    """These documents, whole; those that are gone are left out."""
    found = {}
    for document_id in set(document_ids):
        version = texts.version(session, document_id)
        if version is not None:
            pieces = tuple(chunks.of_document(session, document_id))
            allowed = frozenset(chunks.may_answer(session, [piece.id for piece in pieces]))
            found[document_id] = GroundRecord(version, texts.whole(session, document_id) or "", pieces, allowed)
    return found
