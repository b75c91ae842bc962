"""How well the app does over a period: figures that matter most, a chart of any of them, and all in a table."""

import streamlit as st

from pages.quality import behind, chosen, drawn, key_figures, table
from pages.quality.drawn import Part
from rag.drawing import DIVIDED
from rag.figures import told
from rag.house import House
from rag.measures import BY_KEY, Measure
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
        parts = drawn.parts(picture, groups, by, wanted)
        _show_closer(parts.get(picked or ""), measure, "point")
        first = DIVIDED[by].capitalize()
        rows = [(part.name, part.counted) for part in parts.values()]
        row = table.show(first, rows, f"quality-table-{by}")
        _show_closer(None if row is None else list(parts.values())[row], measure, "row")
        table.downloads(first, rows, chart)


def _show_closer(part: Part | None, measure: Measure, place: str) -> None:
    """What was clicked, in more figures; `place` says where."""
    if part is None:
        return
    with st.container(border=True):
        st.markdown(f"**{markdown.plain(part.name)}**")
        st.markdown(f"{markdown.plain(measure.name)}: {markdown.plain(told(measure.of(part.counted)))}")
        shown = [BY_KEY[key] for key in CLOSER if key != measure.key]
        figures.show([(one.name, told(one.of(part.counted))) for one in shown], columns=3)
        behind.offer(measure, part.wanted, place)
