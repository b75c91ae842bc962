"""The figures that matter most, each with its interval, and how it changed where that is sure."""

from dataclasses import replace

from pages.quality import behind
from rag import comparing
from rag.comparing import Difference
from rag.figures import Figure, between, spoken, told
from rag.measures import BY_KEY, Measure
from rag.quality import Picture
from store.records import ItemFilter
from ui import cards
from ui.cards import Card
from ui.inbox_state import open_inbox

SHORT = {  # names that fit in one line of a card
    "resolved": "Resolved",
    "rated_up": "Rated up",
    "unsupported": "Unsupported",
    "not_found": "Not found",
    "total_p50": "Half within",
    "total_p95": "95 % within",
    "cost_resolved": "Per resolved",
    "cost_day": "Cost a day",
    "visits": "Sessions",
    "questions": "Questions each",
    "returned": "Return rate",
    "refused": "Refused",
}
CHANGES = {  # colour and icon
    "better": ("green", "trending_up"),
    "worse": ("red", "trending_down"),
    "higher": ("gray", "north"),
    "lower": ("gray", "south"),
}
UNTOLD = {"same": "about as before", "open": "change: too few to tell", "few": "change: too few to tell"}


def show(picture: Picture, wanted: ItemFilter) -> None:
    """`wanted` are the answers that the picture is of."""
    opened = cards.show([_card(BY_KEY[key], picture) for key in SHORT], key="quality-figures")
    if opened in SHORT and (fitting := behind.filter_of(BY_KEY[opened], wanted)):
        open_inbox(fitting)


def _card(measure: Measure, picture: Picture) -> Card:
    figure = measure.of(picture.whole)
    means = f"{measure.name}. {measure.means}"
    way = behind.label(measure, SHORT[measure.key]) if measure.behind else ""
    begun = Card(measure.key, SHORT[measure.key], means, behind=way)
    if figure.value is None:
        return replace(begun, sure=told(figure))
    begun = replace(begun, figure=spoken(figure.value, figure.unit), sure=_surety(figure))
    found = _change(measure, figure, picture)
    if found is None:
        return begun
    if not found.told:
        return replace(begun, within=UNTOLD[found.verdict])
    colour, icon = CHANGES[found.verdict]
    change = comparing.signed(found.apart or 0.0, measure.unit).replace(" %", " points")
    within = between(found.low or 0.0, found.high or 0.0, measure.unit).removesuffix(" %")
    return replace(begun, change=change, within=within, icon=icon, colour=colour)


def _surety(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return figure.note
    words = f"{between(figure.low, figure.high, figure.unit)}"
    return "; ".join(filter(None, (words, figure.note)))


def _change(measure: Measure, figure: Figure, picture: Picture) -> Difference | None:
    """Against the period before; None where there was none, or nothing is to be unsure of."""
    return comparing.difference(measure, measure.of(picture.before), figure) if picture.before else None
