"""Two prompt versions, or two writers, side by side: what differs, by how much, and what cannot be told yet."""

import streamlit as st

from pages.quality import chosen, differences, period
from rag import comparing, quality
from rag.house import House
from rag.quality import Group
from store.records import Grouping
from ui import markdown, problems

KINDS: dict[Grouping, str] = {
    "prompt": "Prompt versions",
    "writer": "Writers",
    "document": "Documents",
    "topic": "Topics",
}
ALONE = "There is only one of them in this period: nothing to compare it with."
MEANT = (
    "Each line is judged by itself: of twenty figures that did not change, one looks changed by chance. Versions that "
    "were live at different times met different questions, too. “More of each” is how many votes it takes to tell the "
    "difference there seems to be, or 5 points, four times of five."
)


def show(house: House) -> None:
    with problems.in_place():
        with st.container(horizontal=True, vertical_alignment="center"):
            days = period.choose(chosen.PERIODS, key="quality-period")
            kind = st.segmented_control(
                "Kind",
                list(KINDS),
                default="prompt",
                required=True,
                format_func=lambda one: KINDS[one],
                key="quality-kind",
                label_visibility="collapsed",
                wrap=True,
                persist_state="session",
            )
        by = kind or "prompt"
        with st.spinner("Counting …"):
            groups = house.desk.quality.groups(quality.last(days), by)
        named = {str(group.key): group for group in groups if group.key not in (None, "")}
        if len(named) < 2:
            st.info(ALONE, icon=":material/hourglass_empty:")
            return
        one, other = _two(named, by)
        if one.key == other.key:
            st.info("Choose two different ones.", icon=":material/compare_arrows:")
            return
        found = comparing.compared(one.counted, other.counted)
        st.markdown(markdown.plain(differences.said(found)))
        differences.show(found, one.name, other.name, key="quality-compared")
        st.caption(MEANT)


def _two(named: dict[str, Group], by: Grouping) -> tuple[Group, Group]:
    """At first the last two by name for prompts, whose names count up, else the two with the most answers."""
    keys = sorted(named, key=_version)[-2:] if by == "prompt" else list(named)[:2]
    picked = []
    for column, label, key in zip(st.columns(2), ("From", "To"), keys, strict=True):
        options = list(named)
        with column:
            chosen_one = st.selectbox(
                label,
                options,
                index=options.index(key),
                format_func=lambda one: named[one].name if one in named else one,
                key=f"quality-{label.lower()}-{by}",
            )
        picked.append(named[chosen_one or key])
    return picked[0], picked[1]


def _version(reference: str) -> tuple[str, int]:
    name, _, number = reference.partition("@")
    return name, int(number) if number.isdigit() else 0
