"""The sources of an answer looked at when it ends, beside what the library holds now."""

from collections.abc import Sequence

from rag.conflicts.families import HEAD, Named, begins_like
from rag.conflicts.finding import disagreeing, older
from rag.types import Citation, Passage
from store import conflicts
from store.engine import Database
from store.models import now
from store.records import ConflictRecord


def look(database: Database, citations: Sequence[Citation], passages: Sequence[Passage]) -> tuple[ConflictRecord, ...]:
    """What disagrees, then what is older than something else. Raises Unavailable."""
    if not citations:
        return ()
    with database.read() as session:
        rows = conflicts.heads(session, {one.document_id for one in citations}, HEAD)
        documents = [Named(*row) for row in rows]
        begins = {begin for one in documents if (begin := begins_like(one.name))}
        siblings = [Named(*row) for row in conflicts.named_like(session, begins)]
    disagree = disagreeing(citations, passages)
    told = {(one.document_id, one.other_id) for one in disagree} | {(one.other_id, one.document_id) for one in disagree}
    replaced = older(citations, documents, siblings, today=now().date())
    return (*disagree, *(one for one in replaced if (one.document_id, one.other_id) not in told))
