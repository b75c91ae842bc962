"""Files on their way in, and those that could not be read."""

import streamlit as st

from rag.bootstrap import House
from store.records import EntryRecord
from ui import markdown, problems

TICK_S = 0.5
STAGES = {
    "queued": "waiting to be read",
    "reading": "being read",
    "embedding": "searchable by words; search by meaning follows",
}


def show(house: House) -> None:
    st.fragment(_show, run_every=TICK_S if house.library.unfinished() else None)(house)


def _show(house: House) -> None:
    unfinished = house.library.unfinished()
    with st.container(key="progress"):
        for entry in unfinished:
            done = entry.embedded / entry.chunks if entry.chunks else 0.0
            st.progress(done, text=f"{markdown.plain(entry.name)} – {_stage(house, entry)}")
        for entry in house.library.failed():
            _show_failed(house, entry)
    shown = {entry.id for entry in unfinished}
    before: set[int] = st.session_state.get("_unfinished", set())
    st.session_state["_unfinished"] = shown
    searchable = {entry.id for entry in unfinished if entry.state == "embedding"}
    seen: set[int] = st.session_state.setdefault("_searchable", set())
    if (before - shown) or (searchable - seen):  # the table below has something new to show
        seen |= searchable
        st.rerun()


def _stage(house: House, entry: EntryRecord) -> str:
    if entry.state != "embedding":
        return STAGES[entry.state]
    if house.warmup.states()["meaning"] == "warming":
        return f"{STAGES['embedding']} once the app is warm"
    return f"{STAGES['embedding']} ({entry.embedded} of {entry.chunks} chunks)"


def _show_failed(house: House, entry: EntryRecord) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.error(markdown.plain(entry.problem or ""), icon=":material/error:")
        st.button(
            "Dismiss",
            key=f"dismiss-{entry.id}",
            type="tertiary",
            icon=":material/close:",
            on_click=_dismiss,
            args=(house, entry.id),
        )


def _dismiss(house: House, entry_id: int) -> None:
    with problems.told():
        house.library.dismiss(entry_id)
