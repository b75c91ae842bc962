"""A claim: a figure or a date in a text, and what is said of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from guards.dates import Day
from rag.conflicts.units import NONE, Unit

Bound = Literal["", "most", "least"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure or a date, and what is said of it."""

    words: str  # the figure with its unit, or the date, as they are written
    about: frozenset[str]  # stems
    names: frozenset[str]  # those of them that are names
    values: frozenset[Decimal] = frozenset()
    days: tuple[Day, ...] = ()
    unit: Unit = NONE
    bound: Bound = ""
    rough: bool = False  # "about 20"
    former: bool = False  # what was so before, as the text says itself
    past: bool = False  # told in the past tense
    conditional: bool = False
    since: Day | None = None  # from when on it holds, or when it was looked at
    years: frozenset[int] = frozenset()  # it speaks of these alone
    row: bool = False  # of a table
    start: int = 0  # of its sentence in the text
    end: int = 0

    @property
    def kind(self) -> Literal["number", "date"]:
        return "date" if self.days else "number"
