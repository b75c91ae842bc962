"""The figures that matter most, each with its interval, and how it changed where that is sure."""

import streamlit as st

from pages.quality import behind
from rag import comparing
from rag.comparing import Difference
from rag.figures import Figure, between, spoken, told
from rag.measures import BY_KEY, Measure
from rag.quality import Picture
from store.records import ItemFilter
from ui import markdown

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
BADGES = {
    "better": ":green-badge[:material/trending_up: {}]",
    "worse": ":red-badge[:material/trending_down: {}]",
    "higher": ":gray-badge[:material/north: {}]",
    "lower": ":gray-badge[:material/south: {}]",
}
UNTOLD = {"same": "about as before", "open": "change: too few to tell", "few": "change: too few to tell"}


def show(picture: Picture, wanted: ItemFilter) -> None:
    """`wanted` are the answers that the picture is of."""
    with st.grid(4, min_column_width=150, gap="small"):
        for key in SHORT:
            measure = BY_KEY[key]
            with st.container(border=True, gap="xxsmall", height="stretch"):
                _show(measure, picture)
                if measure.behind:
                    behind.offer(measure, wanted, "figure", SHORT[key])


def _show(measure: Measure, picture: Picture) -> None:
    figure = measure.of(picture.whole)
    st.markdown(f":small[:gray[{SHORT[measure.key]}]]", help=f"{measure.name}. {measure.means}")
    if figure.value is None:
        st.caption(markdown.plain(told(figure)))
        return
    st.markdown(f"##### {markdown.plain(spoken(figure.value, figure.unit))}")
    found = _change(measure, figure, picture)
    st.caption("  \n".join(filter(None, (markdown.plain(_surety(figure)), _changed(found)))))


def _surety(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return figure.note
    words = f"{between(figure.low, figure.high, figure.unit)}"
    return "; ".join(filter(None, (words, figure.note)))


def _change(measure: Measure, figure: Figure, picture: Picture) -> Difference | None:
    """Against the period before; None where there was none, or nothing is to be unsure of."""
    return comparing.difference(measure, measure.of(picture.before), figure) if picture.before else None


def _changed(found: Difference | None) -> str:
    """The change with its interval, where it is no chance."""
    if found is None:
        return ""
    if not found.told:
        return UNTOLD[found.verdict]
    unit = found.measure.unit
    apart = comparing.signed(found.apart or 0.0, unit).replace(" %", " points")
    within = between(found.low or 0.0, found.high or 0.0, unit).removesuffix(" %")
    return f"{BADGES[found.verdict].format(markdown.plain(apart))} {markdown.plain(within)}"
