"""The texts of documents: whole or a span, as they are now or as they were when they were cited."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import SQLCoreOperations

from store.models import Document, DocumentText, EarlierText


def whole(session: Session, document_id: int, version: int | None = None) -> str | None:
    """The text of a document, of one version if named. None: it was deleted, or nothing was kept of that version."""
    return _now_or_then(session, document_id, version, DocumentText.text, EarlierText.text)


def version(session: Session, document_id: int) -> int | None:
    """Which version of a document there is; None when it is gone."""
    return session.scalar(select(Document.version).where(Document.id == document_id))


def span(session: Session, document_id: int, start: int, end: int, version: int | None = None) -> str:
    """A span of a document's text, in characters; empty where there is none."""
    now = func.substr(DocumentText.text, start + 1, end - start)
    then = func.substr(EarlierText.text, start + 1, end - start)
    return _now_or_then(session, document_id, version, now, then) or ""


def _now_or_then(
    session: Session, document_id: int, version: int | None, now: SQLCoreOperations[str], then: SQLCoreOperations[str]
) -> str | None:
    current = select(now).join(Document, Document.id == DocumentText.document_id).where(Document.id == document_id)
    if version is not None:
        current = current.where(Document.version == version)
    found = session.scalar(current)
    if found is None and version is not None:
        earlier = (EarlierText.document_id == document_id) & (EarlierText.version == version)
        found = session.scalar(select(then).where(earlier))
    return found
