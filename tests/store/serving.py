"""Requests to models and their health, as tests of statistics put them into the store."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from store.models import ModelCall, ModelHealth

NOW = datetime.now(UTC)


def called(session: Session, model: str = "first", *, hours_ago: float = 1, **changes: Any) -> None:
    """One request that went well, unless `changes` say something else."""
    usual: dict[str, Any] = {
        "purpose": "answer",
        "first_ms": 100.0,
        "total_ms": 900.0,
        "input_tokens": 10,
        "output_tokens": 5,
        "cost_usd": 0.5,
    }
    session.add(ModelCall(model=model, created_at=NOW - timedelta(hours=hours_ago), **(usual | changes)))


def healthy(session: Session, name: str = "first", **changes: Any) -> None:
    """A model's row of health."""
    session.add(ModelHealth(name=name, **changes))
