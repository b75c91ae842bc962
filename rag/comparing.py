"""Whether two groups of answers differ in a measure, and when it cannot be told yet, how many votes that takes."""

import math
from dataclasses import dataclass
from typing import Literal

from rag import intervals
from rag.charts import Unit
from rag.counted import Counted
from rag.figures import ENOUGH, Figure, between, spoken
from rag.measures import MEASURES, Measure

# By how much figures have to differ to matter: shares by 5 points, others by 5 of 100. What cannot differ by more, and
# may be equal, is called the same.
MATTERS = 0.05
Verdict = Literal["better", "worse", "higher", "lower", "same", "open", "few"]


@dataclass(frozen=True, slots=True)
class Difference:
    """How the other group differs from the one: `apart` lies between `low` and `high`, 95 times of 100."""

    measure: Measure
    one: Figure
    other: Figure
    verdict: Verdict
    apart: float | None = None
    low: float | None = None
    high: float | None = None
    more: int | None = None  # votes that each of the two needs, for shares that cannot be told apart yet

    @property
    def told(self) -> bool:
        """Whether they differ."""
        return self.verdict in ("better", "worse", "higher", "lower")

    @property
    def words(self) -> str:
        """The verdict in a few words."""
        match self.verdict:
            case "few":
                return "too few yet"
            case "open":
                return "cannot be told yet"
            case "same":
                return "about the same"
            case verdict:
                return verdict

    @property
    def wanting(self) -> str:
        """What is missing for more than that, or how large a difference can be at most; nothing where they differ."""
        if self.verdict == "few":
            return f"{min(self.one.count, self.other.count)} of at least {ENOUGH}"
        if self.verdict == "same" and self.low is not None and self.high is not None:
            furthest = spoken(max(abs(self.low), abs(self.high)), self.measure.unit)
            return f"at most {furthest} apart".replace(" %", " points")
        return f"about {self.more:,} more of each" if self.more else ""

    @property
    def gap(self) -> str:
        """The difference in words, with its interval; of shares in points."""
        if self.apart is None or self.low is None or self.high is None:
            return ""
        unit = self.measure.unit
        words = f"{signed(self.apart, unit)} ({between(self.low, self.high, unit)})"
        return words.replace(" %", " points") if unit == "share" else words


def signed(value: float, unit: Unit) -> str:
    return ("+" if value > 0 else "") + spoken(value, unit)


def compared(one: Counted, other: Counted) -> list[Difference]:
    """In all measures that have intervals."""
    return [found for measure in MEASURES if (found := difference(measure, measure.of(one), measure.of(other)))]


def difference(measure: Measure, one: Figure, other: Figure) -> Difference | None:
    """None where there is nothing to compare: bare counts, and figures that are not known."""
    if one.value is None or other.value is None:
        few = min(one.count, other.count) < ENOUGH and max(one.count, other.count) > 0
        return Difference(measure, one, other, "few") if few else None
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return None
    low, high = intervals.difference(one.value, (one.low, one.high), other.value, (other.low, other.high))
    apart = other.value - one.value
    verdict, more = _verdict(measure, one.value, (low, high)), None
    if verdict == "open" and measure.unit == "share":
        more = _more(one, other)
    return Difference(measure, one, other, verdict, apart, low, high, more)


def _verdict(measure: Measure, one: float, within: intervals.Interval) -> Verdict:
    low, high = within
    if low <= 0 <= high:
        matters = MATTERS if measure.unit == "share" else MATTERS * one
        return "same" if max(-low, high) < matters else "open"
    if not measure.better:
        return "higher" if low > 0 else "lower"
    return "better" if (low > 0) == (measure.better == "higher") else "worse"


def _more(one: Figure, other: Figure) -> int | None:
    """Votes that each still needs to tell the difference there seems to be, or the smallest that matters."""
    assert one.value is not None
    assert other.value is not None
    middle = (one.value + other.value) / 2
    half = max(abs(other.value - one.value), MATTERS) / 2
    middle = min(max(middle, half), 1 - half)
    needed = intervals.needed(middle - half, middle + half)
    missing = max(math.ceil(needed * side.count / (side.worth or side.count)) - side.count for side in (one, other))
    return _rounded(missing) if missing > 0 else None


def _rounded(number: int) -> int:
    """To two digits that count, upwards: it is an estimate."""
    step: int = 10 ** max(0, len(str(number)) - 2)
    return -(-number // step) * step
