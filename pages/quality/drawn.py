"""A measure as a chart: along time, or by what answers have in common. A click picks what to look at more closely."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from rag import charts, drawing
from rag.counted import Counted
from rag.measures import BY_KEY, MEASURES, Measure
from rag.quality import Group, Key, Line, Picture
from rag.stretches import Stretch
from store.records import Grouping, ItemFilter
from ui import markdown

SPLITS: dict[Grouping, str] = {
    "day": "One line",
    "prompt": "A line a prompt version",
    "writer": "A line a writer",
    "topic": "A line a topic",
    "document": "A line a document",
}
NOTHING = "Not enough yet to draw: every point needs ten votes. Choose a longer period."


@dataclass(frozen=True, slots=True)
class Part:
    """Some days, or answers with something in common: what was counted of them, and how to find them."""

    name: str
    counted: Counted
    wanted: ItemFilter | None  # None: nothing finds just them


def measure() -> Measure:
    """Which one to draw."""
    chosen = st.selectbox(
        "What to draw",
        [one.key for one in MEASURES],
        index=1,
        format_func=lambda key: BY_KEY[key].name,
        key="quality-measure",
        label_visibility="collapsed",
        width=260,
        persist_state="session",
    )
    return BY_KEY[chosen or "resolved"]


def spec(measure: Measure, picture: Picture, groups: Sequence[Group], by: Grouping) -> charts.Spec:
    if by == "day":
        return drawing.along(measure, picture.along, picture.begun)
    return drawing.across(measure, groups, by)


def split() -> Grouping | None:
    """Into which lines to split a chart along time; None: one line."""
    chosen = st.selectbox(
        "Lines",
        list(SPLITS),
        format_func=lambda one: SPLITS[one],
        key="quality-split",
        label_visibility="collapsed",
        width=210,
        persist_state="session",
    )
    return chosen if chosen != "day" else None


def show(chart: charts.Spec, key: str) -> str | None:
    """Gives the key of what was clicked."""
    if not chart["data"]["values"]:
        st.info(NOTHING, icon=":material/hourglass_empty:")
        return None
    state = st.vega_lite_chart(chart, key=key, on_select="rerun")
    return charts.picked(state["selection"])


def parts_of_lines(lines: Sequence[Line], by: Grouping, wanted: ItemFilter) -> dict[str, Part]:
    """The same of lines; nothing finds all others."""
    found = {}
    for at, line in enumerate(lines):
        own = narrowed(wanted, line.key, by)
        for one in line.along:
            days = replace(own, since=one.first, until=one.last) if own else None
            found[f"{at} {drawing.key(one)}"] = Part(f"{line.name}, {named(one)}", one.counted, days)
    return found


def tell_began(picture: Picture) -> None:
    """When prompt versions began, which the chart has as dashed lines; nothing where none did."""
    found = drawing.beginnings(picture.along, picture.begun)
    if found:
        told = ", ".join(f"{name} on {day.day} {day:%b %Y}" for name, day in found.items())
        st.caption(markdown.plain(f"Dashed: where a version began to answer, {told}."))


def parts(picture: Picture, groups: Sequence[Group], by: Grouping, wanted: ItemFilter) -> dict[str, Part]:
    """What the chart and the table are divided into, by the keys that clicks give."""
    if by == "day":
        return {
            drawing.key(one): Part(named(one), one.counted, replace(wanted, since=one.first, until=one.last))
            for one in picture.along
        }
    return {
        str(at): Part(group.name, group.counted, narrowed(wanted, group.key, by)) for at, group in enumerate(groups)
    }


def narrowed(wanted: ItemFilter, key: Key, by: Grouping) -> ItemFilter | None:
    """To the answers of a group; those without a prompt, writer or topic cannot be asked for."""
    match by, key:
        case "prompt", str(prompt) if prompt:
            return replace(wanted, prompt=prompt)
        case "writer", str(writer):
            return replace(wanted, writer=writer)
        case "document", int(document):
            return replace(wanted, document=document)
        case "topic", int(topic):
            return replace(wanted, topic=topic)
        case _:
            return None


def named(stretch: Stretch) -> str:
    """Such as "4 May 2026" and "4 to 10 May 2026"."""
    last = f"{stretch.last.day} {stretch.last:%b %Y}"
    if stretch.first == stretch.last:
        return last
    same = (stretch.first.year, stretch.first.month) == (stretch.last.year, stretch.last.month)
    return f"{stretch.first.day}{'' if same else f' {stretch.first:%b}'} to {last}"
