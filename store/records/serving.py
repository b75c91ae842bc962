"""Models' health and calls, what was spent, keys of clients."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

BreakerState = Literal["closed", "open", "half_open"]
Purpose = Literal["answer", "again", "rewrite", "test"]
ClientScope = Literal["ask", "feedback", "metrics"]


@dataclass(frozen=True, slots=True)
class HealthRecord:
    """How a model does, as all processes see it."""

    name: str
    state: BreakerState = "closed"
    failures: int = 0  # one after the other
    opened: int = 0  # how often in a row
    resting_until: datetime | None = None
    probing_until: datetime | None = None
    taken_out: bool = False
    last_problem: str | None = None  # kind, see rag/problems.py
    last_problem_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One request to a model. Times in milliseconds."""

    model: str
    purpose: Purpose
    problem: str | None  # kind, see rag/problems.py; None: it went well
    attempts: int
    first_ms: float | None
    total_ms: float
    input_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False
    cost_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What was asked and what it cost, today and in this month."""

    questions_day: int = 0
    questions_month: int = 0
    usd_day: float = 0.0
    usd_month: float = 0.0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            self.questions_day + other.questions_day,
            self.questions_month + other.questions_month,
            self.usd_day + other.usd_day,
            self.usd_month + other.usd_month,
        )


@dataclass(frozen=True, slots=True)
class ClientKeyRecord:
    """A key of a program, without the key."""

    id: int
    name: str
    scopes: tuple[ClientScope, ...]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
