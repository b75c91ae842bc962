"""Sources that disagree: kept with their answer, and cited documents that were replaced since, looked up when asked."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, cast

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from store.models import Citation, Document, DocumentText, SourceConflict
from store.records import ConflictRecord
from store.records.conflicts import ConflictKind

MOST_ALIKE = 500  # documents of one family
COMPARED = 2_000  # characters of a quote: SQLite takes no LIKE of more than 50,000 bytes


def keep(session: Session, message_id: int, found: Sequence[ConflictRecord]) -> None:
    """Stores what an answer's sources disagree in."""
    named = {one for conflict in found for one in (conflict.document_id, conflict.other_id) if one is not None}
    there = set(session.scalars(select(Document.id).where(Document.id.in_(named)))) if named else set()
    session.add_all(
        SourceConflict(
            message_id=message_id,
            kind=one.kind,
            first=one.first,
            second=one.second,
            first_words=one.first_words,
            second_words=one.second_words,
            document_id=one.document_id if one.document_id in there else None,
            other_id=one.other_id if one.other_id in there else None,
            why=one.why,
        )
        for one in found
    )


def of_answers(session: Session, message_ids: Collection[int]) -> dict[int, tuple[ConflictRecord, ...]]:
    """What the sources of each of these answers disagree in, then which of them were replaced since."""
    found: dict[int, list[ConflictRecord]] = defaultdict(list)
    kept = select(SourceConflict).where(SourceConflict.message_id.in_(message_ids)).order_by(SourceConflict.id)
    for row in session.scalars(kept) if message_ids else ():
        found[row.message_id].append(_record(row))
    for message_id, record in _replaced(session, message_ids) if message_ids else ():
        found[message_id].append(record)
    return {message_id: tuple(records) for message_id, records in found.items()}


def heads(session: Session, document_ids: Collection[int], characters: int) -> list[tuple[int, str, str, str]]:
    """Id, file name, title and first words of documents."""
    query = (
        select(Document.id, Document.name, Document.title, func.substr(DocumentText.text, 1, characters))
        .join(DocumentText, DocumentText.document_id == Document.id)
        .where(Document.id.in_(document_ids))
        .order_by(Document.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def named_like(session: Session, begins: Collection[str]) -> list[tuple[int, str, str]]:
    """Id, file name and title of the documents that answer questions and whose names begin with one of these."""
    if not begins:
        return []
    alike = or_(*(Document.name.istartswith(begin, autoescape=True) for begin in begins))
    query = select(Document.id, Document.name, Document.title).where(alike, Document.enabled)
    return [(row[0], row[1], row[2]) for row in session.execute(query.order_by(Document.id).limit(MOST_ALIKE))]


def replaced(*columns: Any, message_ids: Collection[int]) -> Select[Any]:
    """Of these answers' footnotes those whose document has a new version in which their words do not stand any more."""
    return (
        select(*columns)
        .select_from(Citation)
        .join(Document, Document.id == Citation.document_id)
        .join(DocumentText, DocumentText.document_id == Document.id)
        .where(
            Citation.message_id.in_(message_ids),
            Citation.version < Document.version,
            ~DocumentText.text.contains(func.substr(Citation.quote, 1, COMPARED)),
        )
    )


def _replaced(session: Session, message_ids: Collection[int]) -> list[tuple[int, ConflictRecord]]:
    """What was replaced, one a document."""
    told = (Citation.message_id, Citation.number, Citation.quote, Document.id, Document.title)
    query = replaced(*told, message_ids=message_ids)
    rows = session.execute(query.order_by(Citation.message_id, Citation.number, Citation.id))
    found: dict[tuple[int, int], ConflictRecord] = {}
    for message_id, number, quote, document_id, title in rows:
        why = f"{title} was replaced since, and the words of [{number}] do not stand in it any more."
        record = ConflictRecord("older", number, None, quote, "", document_id, document_id, why)
        found.setdefault((message_id, document_id), record)
    return [(message_id, record) for (message_id, _), record in found.items()]


def _record(row: SourceConflict) -> ConflictRecord:
    return ConflictRecord(
        kind=cast(ConflictKind, row.kind),
        first=row.first,
        second=row.second,
        first_words=row.first_words,
        second_words=row.second_words,
        document_id=row.document_id,
        other_id=row.other_id,
        why=row.why,
    )
