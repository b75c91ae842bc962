"""What was asked, in figures: what costs are reckoned from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TrafficRecord:
    """The questions of some days that were not refused, and the tokens of those that models answered."""

    by_day: dict[date, int]  # UTC; days without any are not there
    by_hour: tuple[int, ...] = (0,) * 24  # of the day, UTC, over all days
    peak_hour: int = 0  # questions in the fullest hour there was
    demo: int = 0  # of all, asked by invented people
    measured: int = 0  # answers whose tokens are known
    input_tokens: int = 0  # of these
    output_tokens: int = 0
    cost_usd: float = 0.0  # as far as prices are known
    total_ms: float | None = None  # of a whole answer, on average

    @property
    def questions(self) -> int:
        return sum(self.by_day.values())


@dataclass(frozen=True, slots=True)
class LengthsRecord:
    """How long the texts of answers are on average, in characters: what tokens are estimated from."""

    answers: int
    passages: float = 0.0
    question: float = 0.0
    answer: float = 0.0
