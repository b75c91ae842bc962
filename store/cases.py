"""Questions whose passages are known: what was answered with footnotes, and not rated down."""

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from store.models import Citation, Document, Feedback, Trace
from store.records import CaseRecord


def from_answers(session: Session, limit: int) -> list[CaseRecord]:
    """The latest ones, each query once, whose first footnote points into a document as it is now."""
    bad = exists().where(Feedback.message_id == Trace.message_id, Feedback.current, Feedback.rating == -1)
    first = (
        select(Citation.message_id, func.min(Citation.id).label("citation_id")).group_by(Citation.message_id).subquery()
    )
    query = (
        select(func.max(Trace.query), Citation.document_id, Citation.start, Citation.end)
        .join(first, first.c.message_id == Trace.message_id)
        .join(Citation, Citation.id == first.c.citation_id)
        .join(Document, (Document.id == Citation.document_id) & (Document.version == Citation.version))
        .where(~bad, Document.enabled)
        .group_by(Trace.query)
        .order_by(func.max(Trace.created_at).desc())
        .limit(limit)
    )
    return [CaseRecord(row[0], row[1], row[2], row[3]) for row in session.execute(query) if row[1] is not None]
