"""How well the app does over a period: figures that matter most, a chart of any of them, and all in a table."""

import streamlit as st

from pages.quality import behind, chosen, drawn, key_figures, table
from rag.counted import Counted
from rag.drawing import DIVIDED
from rag.figures import told
from rag.house import House
from rag.measures import BY_KEY, Measure
from store.records import ItemFilter
from ui import figures, markdown, problems

QUIET = "No question was asked in this period. Figures appear with the first ones."
CLOSER = ("answers", "resolved", "rated_up", "unsupported", "not_found", "total_p95", "cost_resolved", "questions")
MEANT = (
    "In brackets, or below a figure: between what it lies, 95 times of 100. A change against the period before stands "
    "only where it is no chance. With fewer than ten votes there is no figure."
)


def show(house: House) -> None:
    with problems.in_place():
        wanted, by = chosen.show(house)
        with st.spinner("Counting …"):
            picture = house.desk.quality.picture(wanted)
            groups = [] if by == "day" else house.desk.quality.groups(wanted, by)
        if not picture.whole.answers.answers:
            st.info(QUIET, icon=":material/hourglass_empty:")
            return
        key_figures.show(picture, wanted)
        st.caption(MEANT)
        measure = drawn.measure()
        chart = drawn.spec(measure, picture, groups, by)
        picked = drawn.show(chart, f"quality-chart-{by}-{measure.key}")
        found = drawn.found(picked, picture, groups, by, wanted) if picked else None
        if found:
            _show_closer(*found, measure)
        rows = (
            [(drawn.named(one), one.counted) for one in picture.along]
            if by == "day"
            else [(group.name, group.counted) for group in groups]
        )
        first = DIVIDED[by].capitalize()
        table.show(first, rows, f"quality-table-{by}")
        table.downloads(first, rows, chart)


def _show_closer(name: str, counted: Counted, wanted: ItemFilter, measure: Measure) -> None:
    """What was clicked, in more figures."""
    with st.container(border=True):
        st.markdown(f"**{markdown.plain(name)}**")
        st.markdown(f"{markdown.plain(measure.name)}: {markdown.plain(told(measure.of(counted)))}")
        shown = [BY_KEY[key] for key in CLOSER if key != measure.key]
        figures.show([(one.name, told(one.of(counted))) for one in shown], columns=3)
        behind.offer(measure, wanted, "closer")
