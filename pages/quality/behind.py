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


def offer(measure: Measure, wanted: ItemFilter | None, place: str) -> None:
    """A button, unless there is nothing to look at. `place` tells buttons for the same figure apart."""
    fitting = filter_of(measure, wanted)
    if fitting is None:
        return
    key = f"quality-open-{place}-{measure.key}"
    words = label(measure, measure.name)
    if st.button(words, key=key, type="tertiary", icon=":material/arrow_outward:", help="Opens them in Review"):
        open_inbox(fitting)


def filter_of(measure: Measure, wanted: ItemFilter | None) -> ItemFilter | None:
    """What finds the answers behind a figure among those that are wanted; None when nothing does."""
    if measure.behind is None or wanted is None:
        return None
    return replace(wanted, **measure.behind)


def label(measure: Measure, name: str) -> str:
    """How the way to the answers behind a figure is called."""
    return LABELS.get(measure.key, name if measure.behind else THESE)
