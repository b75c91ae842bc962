"""The head of the page: its title, and what to do here."""

import streamlit as st

LIBRARY, SEARCH = "Library", "Try a search"
_ICONS = {LIBRARY: ":material/library_books:", SEARCH: ":material/manage_search:"}


def show() -> str:
    """Gives what was chosen; it stays chosen while this tab is on other pages."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title("Documents", anchor=False, width="content")
        chosen = st.segmented_control(
            "What to do",
            [LIBRARY, SEARCH],
            default=LIBRARY,
            required=True,
            format_func=lambda choice: f"{_ICONS[choice]} {choice}",
            key="documents-view",
            label_visibility="collapsed",
            persist_state="session",
        )
    return chosen or LIBRARY
