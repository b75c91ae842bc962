"""How well the app does over a period: figures that matter most, a chart of any of them, and all in a table."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages.quality import behind, changes, chosen, drawn, key_figures, table
from pages.quality.drawn import Part
from rag import drawing
from rag.drawing import DIVIDED
from rag.figures import told
from rag.house import House
from rag.measures import BY_KEY, Measure
from rag.quality import Group, Picture
from store.records import Grouping, ItemFilter
from ui import figures, markdown, problems

QUIET = "No question was asked in this period. Figures appear with the first ones."
CLOSER = ("answers", "resolved", "rated_up", "unsupported", "not_found", "total_p95", "cost_resolved", "questions")
MEANT = (
    "In brackets, or below a figure: between what it lies, 95 times of 100; the answers of one reader count for less "
    "than those of many. Beside a change from the period before: between what that lies. With fewer than ten votes "
    "there is no figure."
)
UNDIVIDED = "There is nothing to tell lines apart by in this period."
SEVERAL = "An answer counts for each document it cites, with its time, its actions and its session."


def show(house: House) -> None:
    with problems.in_place():
        wanted, by = chosen.show(house)
        with st.spinner("Counting …"):
            picture = house.desk.quality.picture(wanted, signals=False)
            groups = [] if by == "day" else house.desk.quality.groups(wanted, by)
        if not picture.whole.answers.answers:
            st.info(QUIET, icon=":material/hourglass_empty:")
            return
        key_figures.show(picture, wanted)
        st.caption(MEANT)
        changes.show(house, picture, wanted)
        with st.container(horizontal=True):
            measure = drawn.measure()
            split = drawn.split() if by == "day" else None
        if split:
            _show_lines(house, picture, wanted, measure, split)
        elif "signals" in measure.parts and by == "day":
            picture = house.desk.quality.picture(wanted)
        _show_parts(house, picture, groups, wanted, by, measure, charted=split is None)


def _show_lines(house: House, picture: Picture, wanted: ItemFilter, measure: Measure, by: Grouping) -> None:
    """The measure along time, in a line for each of a few groups."""
    with st.spinner("Counting …"):
        lines = house.desk.quality.lines(wanted, by, measure.parts)
    if not lines:
        st.info(UNDIVIDED, icon=":material/hourglass_empty:")
        return
    chart = drawing.apart(measure, lines, by, picture.begun)
    picked = drawn.show(chart, f"quality-lines-{by}-{measure.key}")
    drawn.tell_began(picture)
    parts = drawn.parts_of_lines(lines, by, wanted)
    part = parts.get(picked or "")
    if part and part.wanted:  # of a line only what it draws was counted
        part = replace(part, counted=house.desk.quality.picture(part.wanted).whole)
    _show_closer(part, measure, "point")
    rows = [(one.name, one.counted) for one in parts.values()]
    table.downloads("Line", lambda: rows, chart, [measure], name="lines")


def _show_parts(
    house: House,
    picture: Picture,
    groups: Sequence[Group],
    wanted: ItemFilter,
    by: Grouping,
    measure: Measure,
    *,
    charted: bool,
) -> None:
    """The stretches of days, or the groups, in a table, and in a chart unless there is another one."""
    parts = drawn.parts(picture, groups, by, wanted)
    chart = drawn.spec(measure, picture, groups, by)
    if charted:
        picked = drawn.show(chart, f"quality-chart-{by}-{measure.key}")
        if by == "day":
            drawn.tell_began(picture)
        _show_closer(parts.get(picked or ""), measure, "point")
    first = DIVIDED[by].capitalize()
    rows = [(part.name, part.counted) for part in parts.values()]
    row = table.show(first, rows, f"quality-table-{by}")
    if by == "document":
        st.caption(SEVERAL)
    _show_closer(None if row is None else list(parts.values())[row], measure, "row")
    table.downloads(first, lambda: _every(house, groups, wanted, by), chart if charted else None)


def _every(house: House, groups: Sequence[Group], wanted: ItemFilter, by: Grouping) -> table.Rows:
    """For a file: signals, too."""
    picture = house.desk.quality.picture(wanted)
    return [(part.name, part.counted) for part in drawn.parts(picture, groups, by, wanted).values()]


def _show_closer(part: Part | None, measure: Measure, place: str) -> None:
    """What was clicked, in more figures; `place` says where. Of what nothing finds only the measure is known."""
    if part is None:
        return
    with st.container(border=True):
        st.markdown(f"**{markdown.plain(part.name)}**")
        st.markdown(f"{markdown.plain(measure.name)}: {markdown.plain(told(measure.of(part.counted)))}")
        if part.wanted or place == "row":
            shown = [BY_KEY[key] for key in CLOSER if key != measure.key]
            figures.show([(one.name, told(one.of(part.counted))) for one in shown], columns=3)
        behind.offer(measure, part.wanted, place)
