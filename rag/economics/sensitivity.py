"""How much hangs on each assumption: one is changed at a time, all others stay."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from rag.economics.economics import Hosted, Picture
from rag.economics.hosting import Hosting


@dataclass(frozen=True, slots=True)
class Side:
    """What comes of one value."""

    value: str
    month: float  # USD, of a model of one's own, at the traffic there is
    break_even: float | None  # questions a month


@dataclass(frozen=True, slots=True)
class Swing:
    """An assumption at a low and at a high value."""

    what: str
    low: Side
    high: Side


def swings(picture: Picture, beside: Hosted) -> list[Swing]:
    """Half and double of what costs hang on, and of what this hosted model costs."""
    return [Swing(what, *(_side(picture, beside, one, factor) for factor in (0.5, 2.0))) for what, one in _WHAT.items()]


_WHAT = {
    "Price of a GPU": "gpu_usd_hour",
    "Size of the model": "billions",
    "Speed of writing": "written_tokens_s",
    "Speed of reading prompts": "prompt_tokens_s",
    "Utilisation": "utilisation",
    "People's time": "people_hours",
    "Tokens of a question": "tokens",
    "Questions in the fullest hours": "peak",
    "Price of the hosted model": "price",
}


def _side(picture: Picture, beside: Hosted, what: str, factor: float) -> Side:
    own, usd, load = picture.own, beside.usd_a_question or 0.0, picture.load
    if what == "price":
        usd *= factor
    elif what == "tokens":
        usd *= factor
        more = replace(load, input_tokens=load.input_tokens * factor, output_tokens=load.output_tokens * factor)
        own = Hosting(own.assumed, more)
    elif what == "peak":
        own = Hosting(own.assumed, replace(load, peak_share=min(1.0, load.peak_share * factor)))
    else:
        now = {"written_tokens_s": own.assumed.writing, "prompt_tokens_s": own.assumed.reading}
        value = now.get(what) or getattr(own.assumed, what)
        own = Hosting(own.assumed.changed({what: value * factor}), load)
    return Side("half" if factor < 1 else "double", own.usd(picture.volume.month), own.break_even(usd))


def lines(picture: Picture) -> Iterator[dict[str, object]]:
    """The table for a file: each model with what a month costs on it, low and high, and the break-even."""
    month = picture.volume
    for one in picture.hosted:
        usd = one.usd_a_question
        yield {
            "model": one.name,
            "kind": "configured" if one.configured else "price list",
            "usd_a_question": usd,
            "usd_a_month": one.month(month.month),
            "usd_a_month_low": one.month(month.low),
            "usd_a_month_high": one.month(month.high),
            "break_even_questions_a_month": one.break_even,
            "assumed": None,
        }
    own = picture.own
    yield {
        "model": f"own, {own.assumed.billions:g} billion parameters on {own.gpus(month.month)} GPUs",
        "kind": "own",
        "usd_a_question": own.usd(month.month) / month.month if month.month else None,
        "usd_a_month": own.usd(month.month),
        "usd_a_month_low": own.usd(month.low),
        "usd_a_month_high": own.usd(month.high),
        "break_even_questions_a_month": None,
        "assumed": asdict(own.assumed),
    }
