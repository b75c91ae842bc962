"""The texts of documents: whole or a span, as they are now or as they were when they were cited."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import SQLCoreOperations

from store.models import Document, DocumentText, EarlierText

COLUMNS = 100  # of one query


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


def spans(session: Session, places: Iterable[tuple[int, int, int, int]]) -> dict[tuple[int, int, int, int], str]:
    """The words at places (document, start, end, version), by place: a query or two for a version of a document."""
    parts: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for document_id, start, end, version in places:
        parts[document_id, version].append((start, end))
    found: dict[tuple[int, int, int, int], str] = {}
    for (document_id, version), wanted in parts.items():
        for at in range(0, len(wanted), COLUMNS):
            some = wanted[at : at + COLUMNS]
            words = _some(session, document_id, version, some)
            found |= {(document_id, *part, version): text or "" for part, text in zip(some, words, strict=True)}
    return found


def _some(session: Session, document_id: int, version: int, parts: Sequence[tuple[int, int]]) -> Sequence[str | None]:
    def cut(text: SQLCoreOperations[str]) -> list[SQLCoreOperations[str]]:
        return [func.substr(text, start + 1, end - start).label(f"part{at}") for at, (start, end) in enumerate(parts)]

    current = select(*cut(DocumentText.text)).join(Document, Document.id == DocumentText.document_id)
    row = session.execute(current.where(Document.id == document_id, Document.version == version)).one_or_none()
    if row is None:
        earlier = (EarlierText.document_id == document_id) & (EarlierText.version == version)
        row = session.execute(select(*cut(EarlierText.text)).where(earlier)).one_or_none()
    return tuple(row) if row else (None,) * len(parts)


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
