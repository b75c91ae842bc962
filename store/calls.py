"""Requests to models: what the Operations page counts, and how soon each model usually begins."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from store.models import ModelCall
from store.records import CallRecord


def keep(session: Session, records: Iterable[tuple[datetime, CallRecord]]) -> None:
    """Adds requests, each with the moment it ended."""
    rows = [asdict(record) | {"created_at": ended} for ended, record in records]
    if rows:
        session.execute(insert(ModelCall), rows)


def prune(session: Session, before: datetime) -> None:
    """Deletes what is older."""
    session.execute(delete(ModelCall).where(ModelCall.created_at < before))


def first_times(session: Session, model: str, count: int) -> list[float]:
    """How long its latest answers took to begin, in milliseconds, the oldest first."""
    began = select(ModelCall.first_ms).where(ModelCall.model == model, ModelCall.first_ms.is_not(None))
    latest = session.scalars(began.order_by(ModelCall.id.desc()).limit(count)).all()
    return [first for first in reversed(latest) if first is not None]
