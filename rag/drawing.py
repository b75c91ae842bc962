"""Charts of what the Quality page and the digest tell: a measure along time, or by what answers have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from rag import charts
from rag.charts import Began, Point, Spec
from rag.figures import Figure, told
from rag.measures import Measure
from rag.quality import OTHERS, Group, Line
from rag.stretches import Stretch

BARS = 15  # that are drawn; the table has them all
DIVIDED = {"prompt": "prompt version", "writer": "writer", "document": "document", "topic": "topic", "day": "days"}


def along(measure: Measure, stretches: Sequence[Stretch], begun: Mapping[str, date] | None = None) -> Spec:
    """A line with its interval, and where prompt versions began. A click gives the `key` of a stretch."""
    points = [_point(one.first, measure.of(one.counted), key(one)) for one in stretches]
    title = f"{measure.name}, each {_pace(stretches)}"
    return charts.over_time(title, points, measure.unit, began=_beginnings(stretches, begun or {}))


def apart(measure: Measure, lines: Sequence[Line], by: str, begun: Mapping[str, date] | None = None) -> Spec:
    """A line for each of a few groups. A click gives the number of the line and the `key` of a stretch."""
    names = distinct([line.name for line in lines])
    points = [
        replace(_point(one.first, measure.of(one.counted), f"{at} {key(one)}"), series=names[at])
        for at, line in enumerate(lines)
        for one in line.along
    ]
    stretches = lines[0].along if lines else ()
    title = f"{measure.name}, each {_pace(stretches)}, by {DIVIDED[by]}"
    beginnings = _beginnings(stretches, begun or {})
    return charts.over_time(title, points, measure.unit, began=beginnings, quiet=OTHERS)


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


def beginnings(stretches: Sequence[Stretch], begun: Mapping[str, date]) -> dict[str, date]:
    """The versions that began after the first of these days: what was there from the start changed nothing."""
    return {name: day for name, day in begun.items() if stretches and stretches[0].last < day <= stretches[-1].last}


def _beginnings(stretches: Sequence[Stretch], begun: Mapping[str, date]) -> list[Began]:
    """With as few letters as will do: the number of a version, where it has one."""
    return [
        Began(day, f"@{name.rpartition('@')[2]}", f"{name} began on {day:%d %b %Y}")
        for name, day in beginnings(stretches, begun).items()
    ]


def _pace(stretches: Sequence[Stretch]) -> str:
    return "week" if any(one.last != one.first for one in stretches) else "day"


def _point(at: date | str, figure: Figure, key: str) -> Point:
    return Point(at, figure.value, figure.low, figure.high, told(figure), key=key)
