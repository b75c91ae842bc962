"""What guards found in chunks when their document came in, and what reviewers say: held back, released, removed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session

from store import documents, findings
from store.models import Chunk, GuardFinding
from store.models.common import now
from store.records import STOPPING, FindingRecord

PORTION = 500  # ids in one statement
_AT_THE_DOOR = GuardFinding.stand == "document"


def note(session: Session, document_id: int, found: Mapping[int, Sequence[FindingRecord]]) -> int:
    """Stores what was found in a document's chunks, by their ordinals, and holds them back; gives how many are held.

    What was found there before is replaced, except in chunks on which a reviewer has decided: these stay as they are.
    """
    ids = {row[0]: row[1] for row in session.execute(_ids_by_ordinal(document_id))}
    decided = set(
        session.scalars(
            select(GuardFinding.chunk_id).where(
                _AT_THE_DOOR, GuardFinding.document_id == document_id, GuardFinding.verdict.is_not(None)
            )
        )
    )
    session.execute(
        delete(GuardFinding).where(
            _AT_THE_DOOR, GuardFinding.document_id == document_id, GuardFinding.verdict.is_(None)
        )
    )
    open_ones = {ids[ordinal]: each for ordinal, each in found.items() if ids.get(ordinal) not in {None, *decided}}
    findings.keep(
        session,
        [replace(one, document_id=document_id, chunk_id=chunk) for chunk, each in open_ones.items() for one in each],
    )
    held = {chunk for chunk, each in open_ones.items() if any(one.action in STOPPING for one in each)}
    undecided = [chunk for chunk in ids.values() if chunk not in decided]
    for start in range(0, len(undecided), PORTION):
        portion = undecided[start : start + PORTION]
        now_held = Chunk.id.in_(held)
        changed = update(Chunk).where(Chunk.id.in_(portion), Chunk.held != now_held)  # of most chunks, none
        session.execute(changed.values(held=now_held))
    return len(held)


def of_document(session: Session, document_id: int) -> dict[int, list[FindingRecord]]:
    """What was found in the chunks of a document when it came in, by chunk."""
    return _by_chunk(session, GuardFinding.document_id == document_id)


def of_chunks(session: Session, chunk_ids: Iterable[int]) -> dict[int, list[FindingRecord]]:
    """What was found in these chunks when they came in."""
    return _by_chunk(session, GuardFinding.chunk_id.in_(list(chunk_ids)))


def release(session: Session, chunk_id: int) -> None:
    """Lets a chunk answer: the guard was wrong, somebody says."""
    session.execute(update(Chunk).where(Chunk.id == chunk_id).values(held=False))
    _decide(session, chunk_id, "wrong")


def remove(session: Session, chunk_id: int) -> None:
    """Takes a chunk that is held back out of the library for good, with its vector. What was found in it is kept."""
    if session.scalar(select(Chunk.held).where(Chunk.id == chunk_id)):
        _decide(session, chunk_id, "right")
        session.execute(update(GuardFinding).where(GuardFinding.chunk_id == chunk_id).values(chunk_id=None))
        documents.forget_vectors(session, [chunk_id])
        session.execute(delete(Chunk).where(Chunk.id == chunk_id))


def count(session: Session) -> tuple[int, int]:
    """How many chunks are held back, in how many documents."""
    query = select(func.count(), func.count(Chunk.document_id.distinct())).where(Chunk.held)
    chunks, owners = session.execute(query).one()
    return chunks, owners


def held_in(session: Session, document_ids: Sequence[int]) -> dict[int, int]:
    """How many chunks of each of these documents are held back; those with none are left out."""
    query = (
        select(Chunk.document_id, func.count())
        .where(Chunk.held, Chunk.document_id.in_(document_ids))
        .group_by(Chunk.document_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _decide(session: Session, chunk_id: int, verdict: str) -> None:
    session.execute(
        update(GuardFinding)
        .where(_AT_THE_DOOR, GuardFinding.chunk_id == chunk_id)
        .values(verdict=verdict, reviewed_at=now())
    )


def _ids_by_ordinal(document_id: int) -> Select[int, int]:
    return select(Chunk.ordinal, Chunk.id).where(Chunk.document_id == document_id)


def _by_chunk(session: Session, which: ColumnElement[bool]) -> dict[int, list[FindingRecord]]:
    query = select(GuardFinding).where(_AT_THE_DOOR, which, GuardFinding.chunk_id.is_not(None))
    found: dict[int, list[FindingRecord]] = defaultdict(list)
    for row in session.scalars(query.order_by(GuardFinding.id)):
        found[row.chunk_id or 0].append(findings.record(row))
    return dict(found)
