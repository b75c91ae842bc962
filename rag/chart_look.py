"""How all charts look: colours, scales, axes and words, as pieces of Vega-Lite specifications."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Spec = dict[str, Any]
Unit = Literal["share", "ms", "usd", "number"]

# By Okabe and Ito, "Color universal design" (2008), some of them moved so far that each has a contrast of 3 to 1 with
# light and with dark pages, as WCAG 2.2, 1.4.11 asks.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#a8679a", "#9a7d0a", "#3f8fc4")
QUIET = "#7d8590"  # of what is beside the point
WORDS = "#797b80"  # in a chart: 4.2 to 1 with light and with dark pages, and what they say stands below it, too
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2], [4, 4], [1, 3])
DAYS = {"day": "%-d %b", "date": "%-d %b", "week": "%-d %b", "month": "%b", "quarter": "%b", "year": "%Y"}
LABELS: Mapping[Unit, str] = {
    "share": "format(datum.value * 100, ',.3~r') + ' %'",
    "ms": "format(datum.value / 1000, ',.3~r') + ' s'",
    "usd": "format(datum.value, ',.3~r') + ' USD'",
    "number": "format(datum.value, ',.5~r')",
}
ON_WHITE: Spec = {  # where no page brings its own theme; vl_convert carries Liberation Sans
    "background": "#ffffff",
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
    "padding": 12,
    "view": {"stroke": None},
    "title": {"fontSize": 14, "fontWeight": 600, "color": "#1f2328", "offset": 12},
    "axis": {
        "labelColor": "#57606a",
        "titleColor": "#57606a",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": "#e4e2da",
        "domainColor": "#c9c6bb",
        "tickColor": "#c9c6bb",
    },
    "legend": {"labelColor": "#1f2328", "titleColor": "#57606a", "labelFontSize": 12},
}


@dataclass(frozen=True, slots=True)
class Began:
    """A day on which something began."""

    at: date
    short: str
    told: str


def days() -> Spec:
    """Of an axis: the days as they are stored, in UTC, wherever the reader is."""
    axis = {"title": None, "grid": False, "labelOverlap": True, "tickCount": 6, "format": DAYS}
    return {"type": "temporal", "scale": {"type": "utc"}, "axis": axis}


def numbers(called: str) -> Spec:
    """Of an axis: numbers, and what they are of."""
    axis = {"title": called, "grid": False, "tickCount": 6, "labelExpr": LABELS["number"]}
    return {"type": "quantitative", "axis": axis, "scale": {"zero": False, "nice": False}}


def figures(unit: Unit, scale: Spec, ticks: int = 5) -> Spec:
    """Of an axis: figures in a unit that people know."""
    axis = {"title": None, "labelExpr": LABELS[unit], "tickCount": ticks}
    return {"type": "quantitative", "axis": axis, "scale": scale}


def room_for(ends: Sequence[float], unit: Unit) -> Spec:
    """A scale from the lowest to the highest end of an interval, and a bit; shares stay between none and all."""
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    lowest = max(0.0, low - room) if low >= 0 else low - room
    return {"domain": [lowest, min(1.0, high + room) if unit == "share" else high + room], "nice": False, "zero": False}


def from_nothing(ends: Sequence[float], unit: Unit) -> Spec:
    """A scale for bars, which begin at nothing."""
    top = max(ends, default=0.0) * 1.04 or 1.0
    return {"domain": [0, min(top, 1.0) if unit == "share" else top], "nice": False}


def apart(series: Sequence[str], quiet: str = "") -> dict[str, Spec]:
    """Channels that tell series apart: colours, and for who cannot tell those, dashes and shapes; one may be quiet."""
    colours = [QUIET if one == quiet else COLOURS[at % len(COLOURS)] for at, one in enumerate(series)]

    def channel(ways: Sequence[Any], legend: Spec | None) -> Spec:
        scale = {"domain": list(series), "range": [ways[at % len(ways)] for at in range(len(series))]}
        return {"field": "series", "type": "nominal", "sort": None, "scale": scale, "legend": legend}

    legend: Spec = {"title": None, "orient": "bottom", "columns": 2, "labelLimit": 150, "symbolOpacity": 1}
    return {
        "color": channel(colours, legend),
        "strokeDash": channel(DASHES, None),
        "shape": channel(SHAPES, legend),
    }


def beginnings(x: Spec, began: Sequence[Began]) -> list[Spec]:
    """Layers: dashed lines from top to bottom, with a few letters beside each; none where nothing began."""
    if not began:
        return []
    data = {"values": [{"at": str(one.at), "short": one.short, "where": one.told} for one in began]}
    beside: Spec = {"type": "text", "align": "left", "baseline": "top", "dx": 4, "fontSize": 12}
    tooltip = {"field": "where", "type": "nominal", "title": "Since"}
    shared: Spec = {"x": x, "color": {"value": WORDS}, "detail": {"field": "short"}, "tooltip": tooltip}
    return [
        {"data": data, "mark": {"type": "rule", "strokeDash": [3, 3], "strokeWidth": 1.5}, "encoding": shared},
        {"data": data, "mark": beside, "encoding": shared | {"y": {"value": 0}, "text": {"field": "short"}}},
    ]


def when_picked(name: str, yes: float, no: float) -> Spec:
    """A value that says what is selected."""
    return {"condition": {"param": name, "empty": False, "value": yes}, "value": no}
