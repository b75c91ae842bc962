"""Test cases: questions with what a right answer rests on and says, kept by the name of their dataset."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from store import history
from store.models import Case, Document, Feedback, Message, ReviewEvent, now
from store.records import SourceRecord, TestCaseRecord, WrongSourceRecord


def of_answer(session: Session, message_id: int) -> TestCaseRecord | None:
    """The case that was made from this answer."""
    row = session.scalar(select(Case).where(Case.message_id == message_id))
    return _record(row) if row else None


def get(session: Session, case_id: int) -> TestCaseRecord | None:
    row = session.get(Case, case_id)
    return _record(row) if row else None


def last_by(session: Session, message_id: int | None) -> str | None:
    """Who made, changed or deleted the case of an answer last, as the history of the answer tells."""
    told = select(ReviewEvent.actor).where(ReviewEvent.message_id == message_id, ReviewEvent.kind == "case")
    return session.scalar(told.order_by(ReviewEvent.id.desc()).limit(1))


def put(session: Session, message_id: int, values: Mapping[str, Any], *, by: str) -> int | None:
    """Makes the case of an answer, or changes it; gives its id, None when the answer is gone."""
    if session.get(Message, message_id) is None:
        return None
    row = session.scalar(select(Case).where(Case.message_id == message_id))
    history.note(session, message_id, by, "case", "changed" if row else "made")
    if row is None:
        row = Case(message_id=message_id, by=by)
        session.add(row)
    _set(row, values)
    session.flush()
    return row.id


def change(session: Session, case_id: int, values: Mapping[str, Any], *, by: str) -> bool:
    """Changes a case; False when it is gone."""
    row = session.get(Case, case_id)
    if row is None:
        return False
    _set(row, values)
    history.note(session, row.message_id, by, "case", "changed")
    return True


def remove(session: Session, case_id: int, *, by: str) -> bool:
    """Deletes a case; False when it is gone already."""
    row = session.get(Case, case_id)
    if row is None:
        return False
    history.note(session, row.message_id, by, "case", "deleted")
    session.delete(row)
    return True


def page(session: Session, dataset: str | None, *, limit: int | None, offset: int = 0) -> list[TestCaseRecord]:
    """The cases of a dataset, or of all, the latest first."""
    query = select(Case).order_by(Case.id.desc()).limit(limit).offset(offset)
    rows = session.scalars(query if dataset is None else query.where(Case.dataset == dataset))
    return [_record(row) for row in rows]


def datasets(session: Session) -> dict[str, int]:
    """How many cases each dataset has."""
    query = select(Case.dataset, func.count()).group_by(Case.dataset).order_by(Case.dataset)
    return {row[0]: row[1] for row in session.execute(query)}


def forget_document(session: Session, document_id: int) -> None:
    """Takes the words of a document out of all cases; that it is wanted stays."""
    for row in session.execute(select(Case.id, Case.sources).where(Case.sources.is_not(None))):
        if any(one.get("document_id") == document_id for one in row.sources):
            left = [
                one | {"document_id": None, "quote": ""} if one.get("document_id") == document_id else one
                for one in row.sources
            ]
            session.execute(update(Case).where(Case.id == row.id).values(sources=left))


def sources_said(session: Session, message_id: int) -> list[WrongSourceRecord]:
    """The footnotes of an answer that its reader calls wrong, and what would be better."""
    query = select(Feedback.sources).where(Feedback.message_id == message_id, Feedback.current)
    return [WrongSourceRecord.read(one) for sources in session.scalars(query) for one in sources]


def titles(session: Session, document_ids: Sequence[int]) -> dict[int, str]:
    """The titles of those of these documents that are there."""
    rows = session.execute(select(Document.id, Document.title).where(Document.id.in_(document_ids)))
    return {row.id: row.title for row in rows}


def _set(row: Case, values: Mapping[str, Any]) -> None:
    row.dataset, row.question, row.answerable = values["dataset"], values["question"], values["answerable"]
    row.sources, row.facts = [asdict(one) for one in values["sources"]], list(values["facts"])
    row.changed_at = now()


def _record(row: Case) -> TestCaseRecord:
    return TestCaseRecord(
        id=row.id,
        message_id=row.message_id,
        dataset=row.dataset,
        question=row.question,
        answerable=row.answerable,
        sources=tuple(SourceRecord(**one) for one in row.sources),
        facts=tuple(row.facts),
        by=row.by,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )
