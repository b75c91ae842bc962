"""What the lists of outcomes have in common: how many there are, their pages, the way to an answer."""

from collections.abc import Sequence

import streamlit as st

from rag.house import House
from ui import inbox_state
from ui.words import counted

PER_PAGE = 20


def link(answer_id: int | None, key: str) -> None:
    """The way to the item it was made of; none where that is gone."""
    if answer_id is not None:
        st.button(
            "Open the answer",
            key=f"open-{key}",
            type="tertiary",
            icon=":material/open_in_new:",
            on_click=inbox_state.open_item,
            args=(answer_id,),
        )


def looked(house: House, person: str, answer_ids: Sequence[int | None]) -> None:
    """Notes in the log that this person is shown what readers asked with these answers."""
    house.desk.audit.looked(person, [one for one in answer_ids if one is not None])


def head(nothing: str, total: int, noun: str) -> int:
    """Says how many there are, offers their pages, and gives how many stand before the page that is shown."""
    if not total:
        st.info(nothing, icon=":material/inbox:")
        return 0
    pages = -(-total // PER_PAGE)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(f"{counted(total, noun)}, the latest first")
        page = st.pagination(pages, key=f"outcomes-page-{noun}") if pages > 1 else 1
    return PER_PAGE * (min(page, pages) - 1)
