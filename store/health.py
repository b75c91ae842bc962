"""The health of models, shared by all processes. What becomes of it is decided elsewhere: see rag/models/breaker.py."""

from collections.abc import Callable
from dataclasses import asdict, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import ModelHealth
from store.records import HealthRecord

_COLUMNS = tuple(field.name for field in fields(HealthRecord))


def read_all(session: Session) -> dict[str, HealthRecord]:
    """By name. A model that is not here is well."""
    return {row.name: _record(row) for row in session.scalars(select(ModelHealth))}


def change(session: Session, name: str, decide: Callable[[HealthRecord], HealthRecord]) -> HealthRecord:
    """Replaces a model's health by what `decide` makes of it, and gives it.

    In a write transaction nobody else changes it in between, so that of two processes one sees what the other did.
    """
    row = session.get(ModelHealth, name, with_for_update=True)
    before = _record(row) if row else HealthRecord(name)
    after = decide(before)
    if after != before:
        session.merge(ModelHealth(**asdict(after)))
        session.flush()
    return after


def _record(row: ModelHealth) -> HealthRecord:
    return HealthRecord(**{column: getattr(row, column) for column in _COLUMNS})
