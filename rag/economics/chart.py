"""The lines of build or buy: what a month costs at so many questions, and where the traffic is now."""

import textwrap
from itertools import chain, pairwise

from rag import chart_look as look
from rag.chart_look import QUIET, Spec
from rag.charts import LINE, VERSION
from rag.economics.economics import Hosted, Picture

POINTS = 60  # along the axis; steps of the model of one's own have their own
MOST_STEPS = 100
OWN = "A model of your own"
ALONG = "questions a month"


def chart(picture: Picture, shown: list[Hosted]) -> Spec:
    """Costs by questions a month: a line each for these models, steps for one's own, a mark at the traffic there is."""
    end = reach(picture, shown)
    rows = [*_own(picture, end), *chain.from_iterable(_hosted(one, end) for one in shown)]
    series = [OWN, *(one.name for one in shown)]
    channels = look.apart(series)
    channels.pop("shape")
    scale = look.from_nothing([float(str(row["value"])) for row in rows], "usd")
    x = {"field": "at"} | look.numbers(ALONG)
    y = {"field": "value"} | look.figures("usd", scale)
    told = [
        {"field": "series", "title": "Model"},
        {"field": "at", "title": ALONG, "format": ",.0f"},
        {"field": "value", "title": "USD a month", "format": ",.2f"},
    ]
    title = "Cost of a month by its questions, and the traffic there is now"
    now = {"mark": {"type": "rule", "strokeDash": [4, 4], "color": QUIET, "strokeWidth": 2}}
    said = {"mark": {"type": "text", "align": "left", "dx": 5, "dy": 8, "baseline": "top", "color": QUIET}}
    at = {"x": {"datum": picture.volume.month}}
    top = {"datum": scale["domain"][1], "type": "quantitative"}
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VERSION[0]}.json",  # a name, which nothing opens
        "description": title,
        "title": {"text": textwrap.wrap(title, LINE), "anchor": "start", "frame": "bounds"},
        "height": 280,
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "line", "strokeWidth": 2}, "encoding": {"x": x, "y": y, "tooltip": told} | channels},
            now | {"encoding": at},
            said | {"encoding": at | {"y": top, "text": {"value": "now"}}},
        ],
    }


def reach(picture: Picture, shown: list[Hosted]) -> float:
    """How far the axis goes: past the traffic there is, and past the nearest break-evens that can be drawn with it."""
    now = max(picture.volume.high, picture.volume.month, 1.0)
    crossings = sorted(one.break_even for one in shown if one.break_even is not None)
    return 1.3 * max([2 * now, *crossings[:2]])


def _hosted(one: Hosted, end: float) -> list[Spec]:
    ends = (0.0, end) if one.usd_a_question is not None else ()
    return [{"at": at, "value": one.month(at), "series": one.name} for at in ends]


def _own(picture: Picture, end: float) -> list[Spec]:
    """Steps: the same cost until one more replica is needed. Where there are too many to see, a line through them."""
    own = picture.own
    steps = end / own.carried
    edges = [own.carried * at for at in range(1, int(steps) + 1)] if steps <= MOST_STEPS else []
    if steps > MOST_STEPS:
        return [
            {"at": end * at / POINTS, "value": own.usd(end * at / POINTS), "series": OWN} for at in range(POINTS + 1)
        ]
    flat = [(low, high, own.usd((low + high) / 2)) for low, high in pairwise([0.0, *edges, end]) if high > low]
    return [{"at": at, "value": usd, "series": OWN} for low, high, usd in flat for at in (low, high)]
