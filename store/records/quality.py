"""What is counted about answers and visits: sums that can be added up, out of which figures with intervals are made."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Literal, NamedTuple, Self

Grouping = Literal["day", "prompt", "writer", "document", "topic"]
Steps = dict[int, int]  # a stretch of milliseconds, by its number → how many answers took so long


@dataclass(frozen=True, slots=True)
class Cut:
    """How answers are cut into groups: by what they have in common, along stretches of days, or by both.

    With neither all of them are one group.
    """

    by: Grouping | None = None
    ends: tuple[date, ...] = ()  # of stretches, in their order: the last day of each
    kept: tuple[str | int, ...] | None = None  # groups that stay apart, all others being one; None: each stays apart


class Spread(NamedTuple):
    """How votes spread over the readers who gave them, as sums over readers; these cannot be added up.

    Of a share, votes are the whole, and those among them that count the part; of a mean, the part is a sum.
    """

    readers: int
    squares: float  # of each reader's votes
    part_squares: float
    products: float  # of each reader's votes and part


Spreads = dict[str, Spread]  # by what is counted


class _Adding:
    """Counts that add up field by field."""

    __slots__ = ()

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class AnswerTally(_Adding):
    """Counts over answers; money in US dollars, `cost_squares` and the like for intervals."""

    answers: int = 0
    up: int = 0  # rated so
    down: int = 0
    corrected: int = 0
    resolved: int = 0
    looked_at: int = 0  # for support
    unsupported: int = 0  # with a sentence that is
    sentences: int = 0  # that claim something
    supported: int = 0
    not_found: int = 0
    refused: int = 0
    failed: int = 0
    priced: int = 0  # whose cost is known
    priced_resolved: int = 0
    cost: float = 0.0
    cost_squares: float = 0.0
    cost_resolved: float = 0.0  # of those that are resolved


@dataclass(frozen=True, slots=True)
class VisitTally(_Adding):
    """Counts over visits."""

    visits: int = 0
    questions: int = 0
    squares: int = 0  # of the questions of each
    old_enough: int = 0  # more than a week ago, so that it is known whether their people came back
    returned: int = 0  # of these
