"""Examples for the prompt: approved answers with their questions and the passages they rest on."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store.models import Example, Message
from store.records import ExampleRecord


def put(
    session: Session, message_id: int, question: str, passages: list[dict[str, Any]], draft: dict[str, Any]
) -> None:
    """Makes this answer an example, in place of what it was before as one. Gone answers become none."""
    take_out(session, message_id)
    if session.get(Message, message_id) is not None:
        session.add(Example(message_id=message_id, question=question, passages=passages, draft=draft))


def take_out(session: Session, message_id: int) -> None:
    """The answer is no example any more."""
    session.execute(delete(Example).where(Example.message_id == message_id))


def among(session: Session, message_ids: Iterable[int]) -> set[int]:
    """Those of these answers that are examples."""
    return {
        one
        for one in session.scalars(select(Example.message_id).where(Example.message_id.in_(list(message_ids))))
        if one
    }


def all_of_them(session: Session) -> list[ExampleRecord]:
    """Every example, the oldest first."""
    rows = session.scalars(select(Example).where(Example.enabled).order_by(Example.id))
    return [ExampleRecord(row.id, row.question, tuple(row.passages), row.draft, row.message_id) for row in rows]


def some(session: Session, ids: Sequence[int]) -> list[ExampleRecord]:
    """These examples in this order, as far as they are still there."""
    rows = {row.id: row for row in session.scalars(select(Example).where(Example.id.in_(ids)))}
    found = [rows[one] for one in ids if one in rows]
    return [ExampleRecord(row.id, row.question, tuple(row.passages), row.draft, row.message_id) for row in found]


def forget_document(session: Session, document_id: int) -> None:
    """Drops the examples that carry words of a document."""
    rows = session.execute(select(Example.id, Example.passages)).all()
    gone = [number for number, passages in rows if any(one.get("document_id") == document_id for one in passages)]
    if gone:
        session.execute(delete(Example).where(Example.id.in_(gone)))
