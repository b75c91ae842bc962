"""What guards found in questions, answers and documents."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from store.models import Chunk, Document, GuardFinding, ModelDraft
from store.records import DraftCounts, DraftRecord, FindingRecord
from store.records.guarding import FindingAction, FindingStand, FindingVerdict


def keep(session: Session, findings: Sequence[FindingRecord]) -> None:
    """Stores findings; those about documents and chunks that are gone meanwhile are left out."""
    documents = _there(session, Document.id, {one.document_id for one in findings})
    chunks = _there(session, Chunk.id, {one.chunk_id for one in findings})
    rows = [
        {
            name: getattr(one, name)
            for name in ("stand guard what why action sure start end message_id document_id chunk_id verdict".split())
        }
        for one in findings
        if one.document_id in documents and one.chunk_id in chunks
    ]
    if rows:
        session.execute(insert(GuardFinding), rows)


def keep_drafts(session: Session, drafts: Sequence[DraftRecord]) -> None:
    """Stores how models did."""
    if drafts:
        session.execute(insert(ModelDraft), [{"model": one.model, "outcome": one.outcome} for one in drafts])


def count_drafts(session: Session, since: datetime) -> dict[str, DraftCounts]:
    """How each model's drafts did since then."""
    query = (
        select(ModelDraft.model, ModelDraft.outcome, func.count())
        .where(ModelDraft.created_at >= since)
        .group_by(ModelDraft.model, ModelDraft.outcome)
    )
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for model, outcome, count in session.execute(query):
        counted[model][outcome] = count
    return {model: DraftCounts(**outcomes) for model, outcomes in counted.items()}


def of_answers(session: Session, message_ids: Iterable[int]) -> dict[int, list[FindingRecord]]:
    """What was found about each of these answers and their questions, in order."""
    query = select(GuardFinding).where(GuardFinding.message_id.in_(list(message_ids))).order_by(GuardFinding.id)
    found: dict[int, list[FindingRecord]] = defaultdict(list)
    for row in session.scalars(query):
        found[cast(int, row.message_id)].append(record(row))
    return found


def record(row: GuardFinding) -> FindingRecord:
    """A finding as plain data."""
    return FindingRecord(
        stand=cast(FindingStand, row.stand),
        guard=row.guard,
        what=row.what,
        why=row.why,
        action=cast(FindingAction, row.action),
        sure=row.sure,
        start=row.start,
        end=row.end,
        message_id=row.message_id,
        document_id=row.document_id,
        chunk_id=row.chunk_id,
        verdict=cast(FindingVerdict | None, row.verdict),
        created_at=row.created_at,
        id=row.id,
    )


def _there(session: Session, column: "object", ids: set[int | None]) -> set[int | None]:
    """Those of these ids that exist, and None."""
    wanted = {one for one in ids if one is not None}
    found = session.scalars(select(column).where(column.in_(wanted))) if wanted else ()  # type: ignore[attr-defined,call-overload]
    return {None, *found}
