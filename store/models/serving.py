"""What running the house leaves behind: the health of models, their calls, what was spent, limits, keys of clients."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.models.common import Model, now, one_of

BREAKER_STATES = ("closed", "open", "half_open")
PURPOSES = ("answer", "again", "rewrite", "test")


class ModelHealth(Model):
    """How a model does, shared by all processes. A model that is not here is well."""

    __tablename__ = "model_health"
    __table_args__ = (CheckConstraint(one_of("state", BREAKER_STATES), name="state"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(default="closed")
    failures: Mapped[int] = mapped_column(default=0)  # one after the other
    opened: Mapped[int] = mapped_column(default=0)  # how often in a row: each time it rests longer
    resting_until: Mapped[datetime | None]  # while open: when a probe may be sent
    probing_until: Mapped[datetime | None]  # while half open: how long the one probe may take
    taken_out: Mapped[bool] = mapped_column(default=False)  # by hand
    last_problem: Mapped[str | None]  # kind, see rag/problems.py
    last_problem_at: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)


class ModelCall(Model):
    """One request to a model, well or not: what the Operations page counts."""

    __tablename__ = "model_calls"
    __table_args__ = (
        CheckConstraint(one_of("purpose", PURPOSES), name="purpose"),
        Index(None, "model", "created_at"),
        Index(None, "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    model: Mapped[str]
    purpose: Mapped[str]
    problem: Mapped[str | None]  # kind of what went wrong; none: it went well
    attempts: Mapped[int] = mapped_column(default=1)  # requests sent, with those that were tried again
    first_ms: Mapped[float | None]  # until its first text
    total_ms: Mapped[float]
    input_tokens: Mapped[int] = mapped_column(default=0)
    output_tokens: Mapped[int] = mapped_column(default=0)
    estimated: Mapped[bool] = mapped_column(default=False)  # counted here, because the server did not
    cost_usd: Mapped[float | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class Spending(Model):
    """What a person asked and what it cost, a row a day. It stays when a conversation is deleted."""

    __tablename__ = "spending"
    __table_args__ = (Index(None, "person_id", "day"),)

    day: Mapped[date] = mapped_column(primary_key=True)  # UTC
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    questions: Mapped[int] = mapped_column(default=0)
    cost_usd: Mapped[float] = mapped_column(default=0.0)


class RateWindow(Model):
    """A counter of the rate limits, until it expires."""

    __tablename__ = "rate_windows"

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class ClientKey(Model):
    """A key of a program that uses the HTTP API, by its hash."""

    __tablename__ = "client_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
