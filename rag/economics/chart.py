"""The lines of build or buy: what a month costs at so many questions, and where the traffic is now."""

import textwrap
from collections.abc import Sequence
from itertools import chain, pairwise

from rag import chart_look as look
from rag.chart_look import QUIET, Spec, Unit
from rag.charts import LINE, VERSION
from rag.economics.economics import Hosted, Picture

POINTS = 60  # along the axis, where there are more steps than can be told apart
OWN = "A model of your own"
ALONG = "questions a month"
AROUND = 30.0  # times less, and more, than the traffic there is: so far the axis goes at least


def chart(picture: Picture, shown: Sequence[Hosted]) -> Spec:
    """Costs by questions a month: a line each for these models, steps for one's own, a mark at the traffic there is.

    Both axes go by times ten, so that a break-even far from the traffic there is stands on the same page as it.
    """
    begin, end = reach(picture, shown)
    rows = [*_own(picture, begin, end), *chain.from_iterable(_hosted(one, begin, end) for one in shown)]
    channels = look.apart([OWN, *(one.name for one in shown)])
    channels.pop("shape")
    channels["color"]["legend"] |= {"columns": 1, "labelLimit": 300}
    x = {"field": "at"} | _by_tens(ALONG, "number", [begin, end])
    y = {"field": "value"} | _by_tens(None, "usd", None)
    told = [
        {"field": "series", "title": "Model"},
        {"field": "at", "title": ALONG, "format": ",.0f"},
        {"field": "value", "title": "USD a month", "format": ",.2f"},
    ]
    title = "Cost of a month by its questions, and the traffic there is now"
    here = {"x": {"datum": max(picture.volume.month, begin)}}
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VERSION[0]}.json",  # a name, which nothing opens
        "description": title,
        "title": {"text": textwrap.wrap(title, LINE), "anchor": "start", "frame": "bounds"},
        "height": 420,
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "line", "strokeWidth": 2}, "encoding": {"x": x, "y": y, "tooltip": told} | channels},
            {
                "mark": {"type": "rule", "strokeDash": [4, 4], "color": QUIET},
                "data": {"values": [{}]},
                "encoding": here,
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "baseline": "top", "color": QUIET},
                "data": {"values": [{}]},
                "encoding": here | {"y": {"value": 4}, "text": {"value": "now"}},
            },
        ],
    }


def reach(picture: Picture, shown: Sequence[Hosted]) -> tuple[float, float]:
    """Where the axis begins and ends: around the traffic there is, and past all break-evens."""
    now = max(picture.volume.month, 1.0)
    crossings = [one.break_even for one in shown if one.break_even is not None]
    return max(1.0, now / AROUND), 3 * max([now * AROUND / 3, *crossings])


def _by_tens(called: str | None, unit: Unit, domain: list[float] | None) -> Spec:
    scale = {"type": "log", "nice": False} | ({"domain": domain} if domain else {})
    axis = {"title": called, "labelExpr": look.LABELS[unit], "tickCount": 5, "labelOverlap": True}
    return {"type": "quantitative", "scale": scale, "axis": axis}


def _hosted(one: Hosted, begin: float, end: float) -> list[Spec]:
    ends = (begin, end) if one.usd_a_question else ()
    return [{"at": at, "value": one.month(at), "series": one.name} for at in ends]


def _own(picture: Picture, begin: float, end: float) -> list[Spec]:
    """Steps: the same cost until one more replica is needed. Where there are many, a line through them."""
    own = picture.own
    edges = [edge for at in range(1, POINTS) if begin < (edge := own.carried(at)) < end]
    last = edges[-1] if len(edges) > POINTS // 2 else end
    flat = [(low, high, own.usd((low + high) / 2)) for low, high in pairwise([begin, *edges, last]) if high > low]
    steps = [{"at": at, "value": usd, "series": OWN} for low, high, usd in flat for at in (low, high)]
    beyond = [last * (end / last) ** (at / POINTS) for at in range(1, POINTS + 1)] if last < end else []
    return [*steps, *({"at": at, "value": own.usd(at), "series": OWN} for at in beyond)]
