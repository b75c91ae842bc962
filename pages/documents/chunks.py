"""The chunks of a document: its text in order, a page at a time, and what became of each piece."""

from collections.abc import Sequence

import streamlit as st

from pages.documents import facts
from rag.catalogue import ShownDocument
from rag.house import House
from store.records import ChunkRecord
from ui import markdown, problems, state
from ui.words import counted

PER_PAGE = 20
ALL, CITED, OFF = "All chunks", "Cited", "Switched off"


def show(house: House, shown: ShownDocument) -> None:
    if not shown.chunks:
        st.info("There is no text in it.", icon=":material/description:")
        return
    st.subheader("Text and chunks", anchor=False)
    number = shown.record.id
    wanted = _wanted(shown, number)
    pages = -(-len(wanted) // PER_PAGE)
    if not wanted:
        st.info("No chunk is like that.", icon=":material/search_off:")
        return
    page = _page(wanted, number, pages)
    for chunk in wanted[PER_PAGE * (page - 1) : PER_PAGE * page]:
        _show(house, shown, chunk)
    if pages > 1:
        with st.container(horizontal_alignment="center"):
            st.pagination(pages, key=f"chunks-page-{number}")


def _wanted(shown: ShownDocument, number: int) -> Sequence[ChunkRecord]:
    with st.container(horizontal=True, vertical_alignment="center"):
        containing = st.text_input(
            "Words in it",
            key=f"chunks-filter-{number}",
            type="search",
            placeholder=f"Search {counted(len(shown.chunks), 'chunk')}",
            label_visibility="collapsed",
            icon=":material/search:",
            on_change=_to_first_page,
            args=(number,),
        )
        which = st.segmented_control(
            "Which chunks",
            [ALL, CITED, OFF],
            default=ALL,
            required=True,
            key=f"chunks-which-{number}",
            label_visibility="collapsed",
            on_change=_to_first_page,
            args=(number,),
        )
    words = " ".join((containing or "").casefold().split())
    return [
        chunk
        for chunk in shown.chunks
        if (which != CITED or shown.chunk_uses.get(chunk.id, (0, 0))[1])
        and (which != OFF or not chunk.enabled)
        and (not words or words in " ".join(f"{chunk.section} {chunk.text}".casefold().split()))
    ]


def _page(wanted: Sequence[ChunkRecord], number: int, pages: int) -> int:
    """The page to show: at first the one with the chunk that the address names."""
    key = f"chunks-page-{number}"
    if key not in st.session_state:
        at = next((place for place, chunk in enumerate(wanted) if chunk.id == state.chunk_id()), 0)
        st.session_state[key] = at // PER_PAGE + 1
    st.session_state[key] = min(st.session_state[key], pages)  # a new version may be shorter
    page: int = st.session_state[key]
    return page


def _to_first_page(number: int) -> None:
    st.session_state[f"chunks-page-{number}"] = 1


def _show(house: House, shown: ShownDocument, chunk: ChunkRecord) -> None:
    answers = chunk.enabled and not chunk.held and shown.record.enabled
    with st.container(border=True, gap="xsmall", key=f"chunk-{chunk.id}"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"{_place(chunk)} {_badges(shown, chunk)}", width="content")
            _switch(house, chunk)
        write = st.markdown if answers else st.caption
        write(markdown.plain(chunk.text))


def _place(chunk: ChunkRecord) -> str:
    where = facts.section(chunk)
    return f"**{chunk.ordinal + 1}**" + (f" :small[{markdown.plain(where)}]" if where else "")


def _badges(shown: ShownDocument, chunk: ChunkRecord) -> str:
    found, cited = shown.chunk_uses.get(chunk.id, (0, 0))
    said = []
    if chunk.id == state.chunk_id():
        said.append(":orange-badge[:material/arrow_back: opened]")
    if not chunk.enabled:
        said.append(":gray-badge[:material/toggle_off: switched off]")
    if chunk.held:
        said.append(":red-badge[:material/back_hand: held back]")
    elif found_in := shown.found.get(chunk.id):
        released = any(one.verdict for one in found_in)
        said.append(f":orange-badge[:material/flag: {'released' if released else 'marked by a guard'}]")
    if not chunk.embedded:
        said.append(":blue-badge[vector follows]")
    if found:
        said.append(f":violet-badge[found {found:,}×]")
    if cited:
        said.append(f":green-badge[cited {cited:,}×]")
    return " ".join(said)


def _switch(house: House, chunk: ChunkRecord) -> None:
    key = f"chunk-enabled-{chunk.id}"
    if chunk.held:
        return  # it is released or removed above
    st.session_state[key] = chunk.enabled  # the database says how it stands, also when another tab changed it
    st.toggle("May answer", key=key, on_change=_store_switch, args=(house, chunk.id))


def _store_switch(house: House, chunk_id: int) -> None:
    with problems.told():
        house.catalogue.switch_chunk(chunk_id, enabled=st.session_state[f"chunk-enabled-{chunk_id}"])
