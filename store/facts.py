"""Small facts the house keeps about itself, by key."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from store.models import Fact


def get(session: Session, key: str) -> dict[str, Any] | None:
    row = session.get(Fact, key)
    return row.value if row else None


def put(session: Session, key: str, value: dict[str, Any]) -> None:
    session.merge(Fact(key=key, value=value))


def forget(session: Session, key: str) -> None:
    session.execute(delete(Fact).where(Fact.key == key))
