"""The way from a figure to the answers behind it: the inbox, filtered."""

from dataclasses import replace

import streamlit as st

from rag.measures import Measure
from store.records import ItemFilter
from ui.inbox_state import open_inbox

THESE = "These answers"
LABELS = {  # where the answers to look at are not those that are counted
    "resolved": "Not resolved",
    "supported": "With weak sentences",
    "cost_resolved": "Resolved",
}


def offer(measure: Measure, wanted: ItemFilter | None, place: str, name: str = "") -> None:
    """A button, unless there is nothing to look at. `place` tells buttons for the same figure apart."""
    if measure.behind is None or wanted is None:
        return
    label = LABELS.get(measure.key, (name or measure.name) if measure.behind else THESE)
    key = f"quality-open-{place}-{measure.key}"
    if st.button(label, key=key, type="tertiary", icon=":material/arrow_outward:", help="Opens them in Review"):
        open_inbox(replace(wanted, **measure.behind))
