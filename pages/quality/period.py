"""How many days the figures of a view are of."""

from collections.abc import Sequence

import streamlit as st

USUAL = 30


def choose(periods: Sequence[int], *, key: str) -> int:
    """Days; 0 where all of them may be chosen, and were."""
    days = st.segmented_control(
        "Period",
        periods,
        default=USUAL,
        required=True,
        format_func=lambda number: f"{number} days" if number else "All",
        key=key,
        label_visibility="collapsed",
        persist_state="session",
    )
    return USUAL if days is None else days


def under(title: str, periods: Sequence[int], *, key: str) -> int:
    """The same, at the end of the line that names the view."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(title, anchor=False, width="content")
        return choose(periods, key=key)
