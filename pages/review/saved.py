"""Filters with a name: opened by a choice, saved, shared, renamed and deleted. Each is one's own until it is shared."""

from collections.abc import Callable

import streamlit as st

from rag.house import House
from rag.review import wanted
from rag.review.acts import BadWords
from rag.review.people import Names
from rag.review.saved import LONGEST_NAME
from store.records.inbox import SavedFilterRecord
from ui import inbox_state, problems
from ui.inbox_state import Opened


def show(house: House, person: str, opened: Opened) -> None:
    kept = house.desk.inbox.saved.of(person)
    here = wanted.address(opened.fitting, opened.order)
    current = next((one for one in kept if one.wanted == here), None)
    makers = house.desk.people.names({one.by for one in kept if one.by})
    names = {one.id: _told(one, makers, person) for one in kept}
    with st.container(horizontal=True, vertical_alignment="center", key="inbox-saved"):
        if kept:
            st.session_state["saved-filter"] = current.id if current else None
            st.selectbox(
                "Saved filters",
                list(names),
                index=None,
                key="saved-filter",
                format_func=names.__getitem__,
                placeholder="Saved filters",
                label_visibility="collapsed",
                width=220,
                on_change=_open,
                args=(kept,),
            )
        with st.popover("Save", icon=":material/bookmark_add:", type="tertiary", key="save-filter"):
            _save(house, person, opened, current)


def _told(one: SavedFilterRecord, makers: Names, person: str) -> str:
    if not one.is_shared:
        return one.name
    by = "you" if one.by == person else makers.of(one.by)
    return f"{one.name} (shared by {by})"


def _save(house: House, person: str, opened: Opened, current: SavedFilterRecord | None) -> None:
    with st.form("save-filter-form", border=False, clear_on_submit=True):
        st.text_input(
            "Save this list as",
            key="save-filter-name",
            max_chars=LONGEST_NAME,
            placeholder="A name; yours of that name is replaced",
        )
        st.checkbox("Share it with everybody", key="save-filter-shared")
        st.form_submit_button(
            "Save", key="save-filter-now", type="primary", on_click=_keep, args=(house, person, opened)
        )
    if current is not None:
        _change(house, person, current)


def _change(house: House, person: str, current: SavedFilterRecord) -> None:
    of = (house, person, current.id)
    mine = current.by in (None, person)
    with st.form("rename-filter-form", border=False):
        if mine:
            st.text_input("Rename it", value=current.name, key=f"rename-filter-{current.id}", max_chars=LONGEST_NAME)
        with st.container(horizontal=True):
            if mine:
                st.form_submit_button("Rename", key="rename-filter-now", on_click=_rename, args=of)
                label = "Share it no more" if current.is_shared else "Share it"
                to = not current.is_shared
                st.form_submit_button(label, key="share-filter-now", on_click=_share, args=(*of, to))
            told = "Delete it for everybody" if current.is_shared else "Delete"
            st.form_submit_button(told, key="delete-filter-now", on_click=_delete, args=of)


def _open(kept: list[SavedFilterRecord]) -> None:
    chosen = next((one for one in kept if one.id == st.session_state["saved-filter"]), None)
    inbox_state.filter_by(*wanted.read(chosen.wanted if chosen else {}))


def _keep(house: House, person: str, opened: Opened) -> None:
    name, shared = st.session_state["save-filter-name"], st.session_state["save-filter-shared"]
    _try(lambda: house.desk.inbox.saved.save(person, name, opened.fitting, opened.order, shared=shared))


def _rename(house: House, person: str, filter_id: int) -> None:
    name = st.session_state[f"rename-filter-{filter_id}"]
    _try(lambda: house.desk.inbox.saved.rename(person, filter_id, name))


def _share(house: House, person: str, filter_id: int, shared: bool) -> None:  # noqa: FBT001
    _try(lambda: house.desk.inbox.saved.share(person, filter_id, shared=shared))


def _delete(house: House, person: str, filter_id: int) -> None:
    _try(lambda: house.desk.inbox.saved.forget(person, filter_id))


def _try(act: Callable[[], None]) -> None:
    with problems.told():
        try:
            act()
        except BadWords as why:
            problems.tell(str(why))
