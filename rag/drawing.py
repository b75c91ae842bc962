"""Charts of what the Quality page and the digest tell: a measure along time, or by what answers have in common."""

from collections.abc import Sequence
from datetime import date

from rag import charts
from rag.charts import Point, Spec
from rag.figures import Figure, told
from rag.measures import Measure
from rag.quality import Group
from rag.stretches import Stretch

BARS = 15  # that are drawn; the table has them all
DIVIDED = {"prompt": "prompt version", "writer": "writer", "document": "document", "topic": "topic", "day": "days"}


def along(measure: Measure, stretches: Sequence[Stretch]) -> Spec:
    """A line with its interval. A click gives the `key` of a stretch."""
    pace = "week" if any(one.last != one.first for one in stretches) else "day"
    points = [_point(one.first, measure.of(one.counted), key(one)) for one in stretches]
    return charts.over_time(f"{measure.name}, each {pace}", points, measure.unit)


def across(measure: Measure, groups: Sequence[Group], by: str) -> Spec:
    """Bars with their intervals. A click gives the number of the group among these."""
    names = distinct([group.name for group in groups])
    points = [_point(names[at], measure.of(group.counted), str(at)) for at, group in enumerate(groups)]
    shown = [point for point in points if point.value is not None][:BARS]
    return charts.bars(f"{measure.name}, by {DIVIDED[by]}", shown, measure.unit)


def key(stretch: Stretch) -> str:
    """What a click on a stretch of days gives."""
    return f"{stretch.first}..{stretch.last}"


def distinct(names: Sequence[str]) -> list[str]:
    """The same names, those that come again with a number: bars of one name would be drawn over each other."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def _point(at: date | str, figure: Figure, key: str) -> Point:
    return Point(at, figure.value, figure.low, figure.high, told(figure), key=key)
