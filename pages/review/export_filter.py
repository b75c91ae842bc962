"""Which answers an export is about, in a line of controls."""

from datetime import date

import streamlit as st

from store.records import ItemFilter, ItemStatus, Rating, Support

RATINGS: dict[str, Rating | None] = {"Any rating": None, "Thumbs up": 1, "Thumbs down": -1, "Not rated": 0}
SUPPORT: dict[str, Support | None] = {
    "Any support": None,
    "Fully supported": "supported",
    "Has weak": "weak",
    "Has unsupported": "unsupported",
}
STATUSES: dict[str, ItemStatus | None] = {
    "Any state": None,
    "New": "new",
    "In review": "in_review",
    "Fixed": "fixed",
    "Won't fix": "wont_fix",
}


def chosen() -> ItemFilter:
    """The filter as it stands in the controls."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        since = st.date_input("From", value=None, key="export-since", width=150)
        until = st.date_input("Until", value=None, key="export-until", width=150)
        rating = st.selectbox("Rating", list(RATINGS), key="export-rating", width=150)
        support = st.selectbox("Support", list(SUPPORT), key="export-support", width=170)
        status = st.selectbox("State", list(STATUSES), key="export-status", width=150)
        corrected = st.toggle("Corrected only", key="export-corrected")
    return ItemFilter(
        since=_day(since),
        until=_day(until),
        rating=RATINGS[rating],
        support=SUPPORT[support],
        status=STATUSES[status],
        corrected=corrected or None,
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
