"""Charts as Vega-Lite specifications: plain dictionaries, drawn by the browser, or here as SVG and PNG.

Figures come with the interval in which they lie. What a mark says when it is pointed at is in words already, so that
nobody reads a bare number; titles are in lines that fit a telephone. Colours follow the page's theme where it has one.
Nothing is fetched: all data stands in the specification.
"""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rag import chart_look as look
from rag.chart_look import COLOURS, Began, Spec, Unit

__all__ = ["PICKED", "Began", "Point", "Spec", "Unit", "bars", "over_time", "picked", "png", "svg"]

PICKED = "picked"  # the name of the selection: what somebody clicked
LEGEND = 40  # pixels of a line of it, with the room around
LINE = 44  # characters of a title that fit beside each other at 380 pixels
VERSION = "6.4"  # of Vega-Lite, as vl_convert carries it and Streamlit's browser side reads it


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at a day, a number or a name; with None for a value it is left out, and lines have a gap there."""

    at: date | float | str
    value: float | None
    low: float | None = None  # the interval
    high: float | None = None
    told: str = ""  # the figure in words, shown when it is pointed at
    series: str = ""
    key: str = ""  # what a click on it gives


def over_time(
    title: str,
    points: Sequence[Point],
    unit: Unit = "share",
    *,
    along: str = "",
    began: Sequence[Began] = (),
    quiet: str = "",
) -> Spec:
    """Lines with the band in which they lie, along days, or along numbers that are called `along`.

    A dashed line stands where something began; the series called `quiet` is grey.
    """
    x = {"field": "at"} | (look.numbers(along) if along else look.days())
    y = {"field": "value"} | look.figures(unit, look.room_for(_ends(points), unit))
    low, high = y | {"field": "low"}, {"field": "high"}
    drawn = dict.fromkeys(point.series for point in points if point.value is not None)
    several = [name for name in drawn if name]
    apart = look.apart(several, quiet) if several else {"color": {"value": COLOURS[0]}}
    dashes, shapes = ({name: apart.pop(name)} if several else {} for name in ("strokeDash", "shape"))
    marks: list[Spec] = [
        *look.beginnings(x, began),
        {"mark": {"type": "area", "opacity": 0.08 if several else 0.16}, "encoding": {"y": low, "y2": high}},
        {"mark": {"type": "rule", "opacity": 0.35}, "encoding": {"y": low, "y2": high}},
        {"mark": {"type": "line", "strokeWidth": 2}, "encoding": {"y": y} | dashes},
        {
            "params": _picking(),
            "mark": {"type": "point", "filled": True, "opacity": 1, "cursor": "pointer"},
            "encoding": {"y": y, "tooltip": _told(), "size": look.when_picked(PICKED, 170, 60)} | shapes,
        },
    ]
    encoding = {"x": x, "detail": [{"field": "run"}]} | apart
    height = 240 + LEGEND * -(-len(several) // 2)
    return _whole(title, _in_runs(points), height) | {"encoding": encoding, "layer": marks}


def bars(title: str, points: Sequence[Point], unit: Unit = "share") -> Spec:
    """A bar for each name, in this order, with the whiskers of its interval; a click counts anywhere in its row."""
    names: Spec = {"title": None, "labelLimit": 130, "ticks": False, "domain": False, "labelPadding": 8}
    y = {"field": "at", "type": "nominal", "sort": None, "axis": names}
    scale = look.from_nothing(_ends(points), unit)
    x = {"field": "value"} | look.figures(unit, scale, 4)
    whole = {"datum": scale["domain"][1]} | look.figures(unit, scale, 4)
    low, high = x | {"field": "low"}, x | {"field": "high"}
    blue: Spec = {"color": COLOURS[0]}
    marks: list[Spec] = [
        {"mark": {"type": "bar", "height": {"band": 0.6}, "opacity": 0.45, **blue}, "encoding": {"x": x}},
        {"mark": {"type": "tick", "thickness": 3, "size": 18, **blue}, "encoding": {"x": x}},
        {"mark": {"type": "rule", "strokeWidth": 1.5, **blue}, "encoding": {"x": low, "x2": {"field": "high"}}},
        *(
            {"mark": {"type": "tick", "thickness": 1.5, "size": 8, **blue}, "encoding": {"x": end}}
            for end in (low, high)
        ),
        {
            "params": _picking(),
            "mark": {"type": "bar", "height": {"band": 1}, "cursor": "pointer", "color": look.QUIET},
            "encoding": {"x": whole, "tooltip": _told(), "opacity": look.when_picked(PICKED, 0.22, 0.001)},
        },
    ]
    rows = [_row(point, point.value) for point in points if point.value is not None]
    return _whole(title, rows, {"step": 30}) | {"encoding": {"y": y}, "layer": marks}


def svg(spec: Spec, *, width: int = 640) -> str:
    """The chart as an image of lines, on white. Raises ValueError for what is no chart."""
    import vl_convert  # not until it is needed: 20 MB, and half a second for the first chart

    drawn: str = vl_convert.vegalite_to_svg(_sized(spec, width), **_drawing())
    return drawn


def png(spec: Spec, *, width: int = 640) -> bytes:
    """The chart as an image of dots, twice as fine as a screen, on white. Raises ValueError for what is no chart."""
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(_sized(spec, width), scale=2, **_drawing())
    return drawn


def picked(selection: Mapping[str, Any]) -> str | None:
    """The key of what somebody clicked, out of the selection as Streamlit hands it over."""
    chosen = selection.get(PICKED)
    return str(chosen[0]["key"]) if chosen else None


def _drawing() -> dict[str, Any]:
    return {"vl_version": VERSION, "config": look.ON_WHITE, "allowed_base_urls": []}  # nothing may be fetched


def _sized(spec: Spec, width: int) -> Spec:
    return spec | {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}


def _whole(title: str, rows: list[Spec], height: int | Spec) -> Spec:
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VERSION[0]}.json",  # a name, which nothing opens
        "description": title,  # for who does not see it
        "title": {"text": textwrap.wrap(title, LINE), "anchor": "start", "frame": "bounds"},
        "height": height,
        "data": {"values": rows},
    }


def _row(point: Point, value: float) -> Spec:
    is_day = isinstance(point.at, date)
    where = f"{point.at:%d %b %Y}" if is_day else f"{point.at}"
    return {
        "at": str(point.at) if is_day else point.at,
        "series": point.series,
        "value": value,
        "low": value if point.low is None else point.low,
        "high": value if point.high is None else point.high,
        "where": " · ".join(filter(None, (where, point.series))),
        "told": point.told or f"{value:,.4g}",
        "key": point.key or f"{point.at}",
    }


def _in_runs(points: Sequence[Point]) -> list[Spec]:
    """The points that have a value, those beside each other with the same mark: a line goes through each run."""
    rows: list[Spec] = []
    gaps: dict[str, int] = {}
    for point in points:
        if point.value is None:
            gaps[point.series] = gaps.get(point.series, 0) + 1
        else:
            rows.append(_row(point, point.value) | {"run": f"{point.series} {gaps.get(point.series, 0)}"})
    return rows


def _ends(points: Sequence[Point]) -> list[float]:
    return [
        end for one in points for end in (one.low, one.value, one.high) if end is not None and one.value is not None
    ]


def _told() -> list[Spec]:
    return [{"field": "where", "type": "nominal", "title": "At"}, {"field": "told", "type": "nominal", "title": "Is"}]


def _picking() -> list[Spec]:
    return [{"name": PICKED, "select": {"type": "point", "fields": ["key"], "on": "click", "toggle": False}}]
