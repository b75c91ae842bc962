"""The head of a page with several views: its title, and which view to show."""

from collections.abc import Mapping

import streamlit as st


def show(title: str, views: Mapping[str, str], *, label: str, key: str) -> str:
    """Gives the view that was chosen, at first the first; it stays chosen while this tab is on other pages.

    `views` are names with their icons; `label` is for who does not see the page.
    """
    first = next(iter(views))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(title, anchor=False, width="content")
        chosen = st.segmented_control(
            label,
            list(views),
            default=first,
            required=True,
            format_func=lambda view: f"{views[view]} {view}",
            key=key,
            label_visibility="collapsed",
            wrap=True,
            persist_state="session",
        )
    return chosen or first
