"""What changed from the period before: every measure with its interval and a verdict, for who wants to see them all."""

import streamlit as st

from pages.quality import differences
from rag import comparing
from rag.house import House
from rag.quality import Picture
from store.records import ItemFilter
from ui import markdown

MEANT = "Each line is judged by itself: of twenty figures that did not change, one looks changed by chance."


def show(house: House, picture: Picture, wanted: ItemFilter) -> None:
    """Nothing where there is no period before; the table is made when it is opened, with signals, too."""
    if picture.before is None:
        return
    opened = st.expander(
        "What changed from the period before",
        icon=":material/compare_arrows:",
        key="quality-changes",
        on_change="rerun",
    )
    if opened.open:
        every = house.desk.quality.picture(wanted)
        found = comparing.compared(every.before or picture.before, every.whole)
        with opened:
            st.markdown(markdown.plain(differences.said(found)))
            differences.show(found, "Before", "Now", key="quality-changed")
            st.caption(MEANT)
