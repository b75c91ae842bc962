"""Figures with the interval in which they lie, and their words; below ten votes there is none."""

import math
from dataclasses import dataclass, replace

from rag import clusters, intervals
from rag.charts import Unit
from store.records import Spread, Steps

ENOUGH = 10  # votes, below which no figure is told; and readers, below which it is said how few they are


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured of `count` votes; without a value there are too few of them, or it is not known."""

    unit: Unit
    value: float | None
    low: float | None = None
    high: float | None = None
    count: int = 0
    part: int | None = None  # of a share
    note: str = ""
    readers: int | None = None  # who gave the votes; None: not known, or each gave one
    worth: float | None = None  # so many independent votes, where readers are known; of shares


def share(part: int, whole: int, spread: Spread | None = None) -> Figure:
    """Without a spread each vote is taken for a reader's only one."""
    readers = spread.readers if spread else None
    if whole < ENOUGH:
        return Figure("share", None, count=whole, part=part, readers=readers)
    worth = clusters.of_share(part, whole, spread) if spread else whole
    low, high = intervals.weighed(part / whole, worth)
    return Figure("share", part / whole, low, high, whole, part, readers=readers, worth=worth)


def mean(unit: Unit, count: int, total: float, squares: float, note: str = "", spread: Spread | None = None) -> Figure:
    if count < ENOUGH:
        return Figure(unit, None, count=count, note=note)
    low, high = intervals.mean(count, total, squares)
    return _around(Figure(unit, total / count, low, high, count, note=note), spread)


def ratio(
    count: int,
    above: float,
    below: int,
    squares: float,
    where_below: float,
    note: str = "",
    spread: Spread | None = None,
) -> Figure:
    """Dollars for each of `below`, see intervals.ratio."""
    if below < ENOUGH:
        return Figure("usd", None, count=below, note=note)
    low, high = intervals.ratio(count, above, below, squares, where_below)
    return _around(Figure("usd", above / below, low, high, below, note=note), spread)


def _around(figure: Figure, spread: Spread | None) -> Figure:
    """With the interval that answers of readers have, which is as wide to both sides."""
    assert figure.value is not None
    assert figure.high is not None
    half = figure.high - figure.value
    if spread:
        half = clusters.widened(half, figure.value, figure.count, spread)
    low, high = max(0.0, figure.value - half), figure.value + half
    return replace(figure, low=low, high=high, readers=spread.readers if spread else None)


def quantile(steps: Steps, step_ms: int, part: float) -> Figure:
    """Milliseconds within which such a part of answers came; steps count by their middle."""
    count = sum(steps.values())
    found = intervals.quantile(steps, part)
    if found is None or count * min(part, 1 - part) < 1 or count < ENOUGH:
        return Figure("ms", None, count=count)
    value, low, high = ((step + 0.5) * step_ms for step in found)
    return Figure("ms", value, low, high, count)


def plain(number: float) -> Figure:
    """A count: nothing to be unsure of."""
    return Figure("number", number)


def told(figure: Figure) -> str:
    """Such as "12 % (4.2 to 30 %), 3 of 25", "1.9 s (1.8 to 2.1 s)" and "not enough yet: 5 of at least 10"."""
    if figure.value is None:
        return f"not enough yet: {figure.count} of at least {ENOUGH}" if figure.count < ENOUGH else "not known"
    words = spoken(figure.value, figure.unit)
    if figure.low is not None and figure.high is not None:
        words += f" ({between(figure.low, figure.high, figure.unit)})"
    if figure.part is not None:
        words += f", {figure.part:,} of {figure.count:,}"
    if figure.readers is not None and figure.readers < min(ENOUGH, figure.count):
        words += f" by {figure.readers} {'reader' if figure.readers == 1 else 'readers'}"
    return f"{words}; {figure.note}" if figure.note else words


def brief(figure: Figure) -> str:
    """The same for a cell of a table, such as "12 % (4.2 to 30 %)"."""
    if figure.value is None:
        return f"too few: {figure.count}" if figure.count < ENOUGH else "–"
    words = spoken(figure.value, figure.unit)
    if figure.low is None or figure.high is None:
        return words
    return f"{words} ({between(figure.low, figure.high, figure.unit)})"


def between(low: float, high: float, unit: Unit) -> str:
    """Such as "4.2 to 30 %"."""
    low_words, high_words = spoken(low, unit), spoken(high, unit)
    _, space, mark = high_words.rpartition(" ")
    return f"{low_words.removesuffix(space + mark) if space else low_words} to {high_words}"


def spoken(value: float, unit: Unit) -> str:
    """A bare figure with its unit."""
    if value < 0:
        return f"−{spoken(-value, unit)}"
    match unit:
        case "share":
            return f"{percent(value)} %"
        case "ms":
            return f"{value / 1000:.1f} s" if value >= 1000 else f"{value:.0f} ms"
        case "usd":
            return f"{value:,.2f} USD" if value >= 1 or not value else f"{small(value)} USD"
        case _:
            return f"{value:,.0f}" if value == round(value) or value >= 1000 else f"{value:,.2f}"


def percent(part: float) -> str:
    """With two digits that count, such as "12", "4.2" and "0.35"; never rounded to none or to all."""
    hundredth = 100 * part
    if hundredth in (0, 100):
        return f"{hundredth:.0f}"
    if hundredth >= 99.5:
        return f"{math.floor(100 * hundredth) / 100:.4g}"
    digits = max(0, 1 - math.floor(math.log10(float(f"{hundredth:.2g}"))))
    return f"{hundredth:.{min(digits, 4)}f}"


def small(value: float) -> str:
    """A number below 1 with two digits that count, never as a power of ten."""
    return f"{value:.{min(8, 1 - math.floor(math.log10(value)))}f}"
