"""Where questions are looked for: in all documents, or in those that bear a tag. Kept for this tab."""

from typing import Literal

import streamlit as st

from rag.house import House
from ui import markdown, state

SHORT = 28  # characters of the tags that the button names


def show(house: House) -> None:
    """A button over the question box; nothing while no document has a tag."""
    tags = house.catalogue.tags()
    chosen = state.narrow_to(tags)
    if not tags:
        return
    with st.bottom, st.container(key="scope"):
        icon = ":material/filter_alt:" if chosen else ":material/filter_alt_off:"
        kind: Literal["primary", "tertiary"] = "primary" if chosen else "tertiary"
        with st.popover(f"Search in: {_named(chosen)}", icon=icon, type=kind, key="scope-menu"):
            st.pills(
                "Only documents with one of these tags",
                list(tags),
                selection_mode="multi",
                format_func=lambda tag: f"{markdown.plain(tag)} ({tags.get(tag, 0):,})",
                key=state.TAGS,
                persist_state="session",
            )
            st.button("All documents", key="scope-all", disabled=not chosen, on_click=state.search_everywhere)


def chosen(house: House) -> tuple[str, ...]:
    """The tags that questions are narrowed to; one that no document bears any more is forgotten."""
    return state.narrow_to(house.catalogue.tags()) if state.tags() else ()


def _named(tags: tuple[str, ...]) -> str:
    words = ", ".join(tags) or "all documents"
    return markdown.plain(words if len(words) <= SHORT else f"{words[:SHORT]} …")
