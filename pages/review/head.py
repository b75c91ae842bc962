"""The head of the page: its title, and what to review."""

import streamlit as st

ANSWERS, GUARDS = "Answers", "Guards"
_ICONS = {ANSWERS: ":material/thumbs_up_down:", GUARDS: ":material/shield:"}


def show() -> str:
    """Gives what was chosen; it stays chosen while this tab is on other pages."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title("Review", anchor=False, width="content")
        chosen = st.segmented_control(
            "What to review",
            [ANSWERS, GUARDS],
            default=ANSWERS,
            required=True,
            format_func=lambda choice: f"{_ICONS[choice]} {choice}",
            key="review-view",
            label_visibility="collapsed",
            persist_state="session",
        )
    return chosen or ANSWERS
