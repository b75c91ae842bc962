"""Filters with a name: opened by a choice, saved, renamed and deleted. Everybody sees the same ones."""

import streamlit as st

from rag.house import House
from rag.review import wanted
from rag.review.acts import BadWords
from store.records.inbox import SavedFilterRecord
from ui import inbox_state, problems
from ui.inbox_state import Opened


def show(house: House, person: str, opened: Opened) -> None:
    kept = house.desk.inbox.saved()
    here = wanted.address(opened.fitting, opened.order)
    current = next((one for one in kept if one.wanted == here), None)
    names = {one.id: one.name for one in kept}
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


def _save(house: House, person: str, opened: Opened, current: SavedFilterRecord | None) -> None:
    with st.form("save-filter-form", border=False, clear_on_submit=True):
        st.text_input(
            "Save this list as",
            key="save-filter-name",
            max_chars=60,
            placeholder="A name; one that is there is replaced",
        )
        st.form_submit_button(
            "Save", key="save-filter-now", type="primary", on_click=_keep, args=(house, person, opened)
        )
    if current is None:
        return
    with st.form("rename-filter-form", border=False):
        st.text_input("Rename it", value=current.name, key=f"rename-filter-{current.id}", max_chars=60)
        with st.container(horizontal=True):
            st.form_submit_button("Rename", key="rename-filter-now", on_click=_rename, args=(house, current.id))
            st.form_submit_button("Delete", key="delete-filter-now", on_click=_delete, args=(house, current.id))


def _open(kept: list[SavedFilterRecord]) -> None:
    chosen = next((one for one in kept if one.id == st.session_state["saved-filter"]), None)
    inbox_state.filter_by(*wanted.read(chosen.wanted if chosen else {}))


def _keep(house: House, person: str, opened: Opened) -> None:
    with problems.told():
        try:
            house.desk.inbox.save(person, st.session_state["save-filter-name"], opened.fitting, opened.order)
        except BadWords as why:
            problems.tell(str(why))


def _rename(house: House, filter_id: int) -> None:
    with problems.told():
        try:
            house.desk.inbox.rename(filter_id, st.session_state[f"rename-filter-{filter_id}"])
        except BadWords as why:
            problems.tell(str(why))


def _delete(house: House, filter_id: int) -> None:
    with problems.told():
        house.desk.inbox.forget(filter_id)
