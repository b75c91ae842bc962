"""A judge's run: what it would do, and how far it has come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.budget import Budget
from rag.cancellation import Cancellation
from rag.models.line import Line

Ended = Literal["done", "stopped", "cap", "budget", "failed", "store"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do."""

    answers: int  # that fit
    left: int  # of these, not judged yet
    usd: float | None  # about what these cost; None: no price is known
    at_most: int  # answers one run takes


@dataclass(frozen=True, slots=True)
class Run:
    """How far a run has come."""

    of: int
    judged: int = 0
    skipped: int = 0  # could not be an example in any case
    failed: int = 0
    usd: float = 0.0
    trouble: str = ""  # the kind of the last failure
    ended: Ended | None = None


Asking = tuple[Callable[[Cancellation], Sequence[Line]], Budget]  # the models, and what may be spent on them
Told = Callable[[Run], None]


def untold(_: Run) -> None:
    """Nobody wants to know how far it is."""
