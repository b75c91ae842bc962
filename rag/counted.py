"""What was counted of a group of answers, out of which all figures are made."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from store.records import AnswerTally, Spread, VisitTally


@dataclass(frozen=True, slots=True)
class Counted:
    """All that was counted of a group of answers. Can be added up, but for how it spreads over readers.

    Without that, figures take each vote for a reader's only one.
    """

    answers: AnswerTally = field(default_factory=AnswerTally)
    visits: VisitTally | None = field(default_factory=VisitTally)  # None: not counted of such a group
    signals: Counter[str] = field(default_factory=Counter)
    first: Counter[int] = field(default_factory=Counter)  # steps of milliseconds, see store/quality.py
    total: Counter[int] = field(default_factory=Counter)
    daily: tuple[float, ...] = ()  # what each day cost on which something was asked
    spreads: Mapping[str, Spread] = field(default_factory=dict)  # over readers, by what is counted

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.answers + other.answers,
            self.visits + other.visits if self.visits and other.visits else None,
            self.signals + other.signals,
            self.first + other.first,
            self.total + other.total,
            self.daily + other.daily,
        )
