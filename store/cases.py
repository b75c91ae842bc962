"""Questions whose passages are known: what was answered with footnotes, not rated down, and not invented."""

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from store.demo import people
from store.models import Citation, Document, Feedback, ReviewItem, Trace
from store.records import CaseRecord


def from_answers(session: Session, limit: int) -> list[CaseRecord]:
    """The latest ones, each query once, whose first footnote points into a document as it is now."""
    bad = exists().where(Feedback.message_id == Trace.message_id, Feedback.current, Feedback.rating == -1)
    invented = exists().where(ReviewItem.message_id == Trace.message_id, ReviewItem.person_id.in_(people()))
    first = (
        select(Citation.message_id, func.min(Citation.id).label("citation_id")).group_by(Citation.message_id).subquery()
    )
    latest_first = (
        select(Trace.query, Document.id, Citation.start, Citation.end)
        .join(first, first.c.message_id == Trace.message_id)
        .join(Citation, Citation.id == first.c.citation_id)
        .join(Document, (Document.id == Citation.document_id) & (Document.version == Citation.version))
        .where(~bad, ~invented, Document.enabled)
        .order_by(Trace.created_at.desc())
    )
    found: dict[str, CaseRecord] = {}
    for query, document_id, start, end in session.execute(latest_first):
        found.setdefault(query, CaseRecord(query, document_id, start, end))
        if len(found) == limit:
            break
    return list(found.values())
