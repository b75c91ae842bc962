"""Demo data on the pages that show them: a banner that says so and removes them, and the offer of some."""

import streamlit as st

from rag.demo.demo import Progress
from rag.house import House
from ui import problems
from ui.words import counted

TICK_S = 1.0
OFFER = "Nothing here yet: look at it with demo data"
WHAT = "Invented readers ask about the sample documents: they cost nothing, answer nobody and teach no model."


def show(house: House) -> None:
    """The banner, while there are demo data or they come or go; where nothing was ever asked, the offer of some."""
    with problems.in_place():
        demo = house.desk.demo
        if demo.running:
            st.fragment(_show_progress, run_every=TICK_S)(house)
        elif demo.is_there():
            _show_banner(house)
        elif not any(demo.shares()):
            _offer(house)


def _offer(house: House) -> None:
    st.button(
        OFFER,
        key="demo-load",
        icon=":material/science:",
        on_click=_begin,
        args=(house, "load"),
        help="Three months of invented questions about the sample documents, removed again at one click.",
    )


def _show_banner(house: House) -> None:
    shares = house.desk.demo.shares()
    everything = counted(shares.demo + shares.real, "answer")
    words = (
        f"{shares.demo:,} of {everything} here are invented." if shares.real else f"All {everything} here are invented."
    )
    with (
        st.container(border=True, key="demo"),
        st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"),
    ):
        st.markdown(f":violet-badge[:material/science: Demo data] {words}", width="content", help=WHAT)
        st.button(
            "Remove demo data",
            key="demo-remove",
            icon=":material/delete_sweep:",
            type="tertiary",
            help="Removes all that is invented, and nothing else.",
            on_click=_begin,
            args=(house, "remove"),
        )
    if house.desk.demo.progress:  # of a task that failed
        st.warning("That did not end well: some of the demo data are still here. Try again.", icon=":material/error:")


def _show_progress(house: House) -> None:
    demo = house.desk.demo
    if not demo.running:
        st.rerun()
    progress = demo.progress or Progress("load")
    doing = "Demo data are made" if progress.doing == "load" else "Demo data are removed"
    of = f": {progress.done:,} of {progress.of:,}" if progress.of else ""
    with st.container(border=True, key="demo"):
        st.progress(min(1.0, progress.done / progress.of) if progress.of else 0.0, text=f"{doing}{of} …")


def _begin(house: House, doing: str) -> None:
    with problems.told():
        house.desk.demo.begin("load" if doing == "load" else "remove")
