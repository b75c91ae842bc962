"""Files on their way in, and those that could not be read."""

from collections.abc import Sequence

import streamlit as st

from rag.bootstrap import House
from store.records import EntryRecord
from ui import markdown, problems

TICK_S = 0.5
SEPARATE = 4  # files with a bar each; more share one
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
        if len(unfinished) > SEPARATE:
            _show_together(house, unfinished)
        else:
            _show_each(house, unfinished)
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


def _show_each(house: House, unfinished: Sequence[EntryRecord]) -> None:
    for entry in unfinished:
        done = entry.embedded / entry.chunks if entry.chunks else 0.0
        st.progress(done, text=f"{markdown.plain(entry.name)} – {_stage(house, entry)}")


def _show_together(house: House, unfinished: Sequence[EntryRecord]) -> None:
    chunks, embedded = sum(e.chunks for e in unfinished), sum(e.embedded for e in unfinished)
    unread = sum(1 for entry in unfinished if entry.state != "embedding")
    words = f"{len(unfinished)} files on their way in"
    words += f", {unread} still to be read" if unread else ", all searchable by words; search by meaning follows"
    st.progress(embedded / chunks if chunks else 0.0, text=words)
    with st.expander("Each file"):
        _show_each(house, unfinished)


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
