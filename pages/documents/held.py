"""Chunks of a document that guards hold back: why, the words in question, and what to do about each."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.documents import facts
from rag.catalogue import ShownDocument
from rag.house import House
from store.records import ChunkRecord, FindingRecord
from ui import markdown, problems
from ui.words import counted

LISTED = 20  # chunks shown at once; the next come up when these are decided
LONGEST = 1_500  # characters of a chunk
_BEGIN, _END = "\ue000", "\ue001"  # private characters: no sign to any parser


def show(house: House, shown: ShownDocument) -> None:
    held = [chunk for chunk in shown.chunks if chunk.held]
    if not held:
        return
    with st.container(key="held"):
        st.subheader(f"Held back: {counted(len(held), 'chunk')}", anchor=False)
        st.caption("They answer no question. Release what is harmless; what you remove is gone for good.")
        for chunk in held[:LISTED]:
            _show(house, chunk, shown.found.get(chunk.id, ()))
        if len(held) > LISTED:
            st.caption(f"and {len(held) - LISTED:,} more")


def _show(house: House, chunk: ChunkRecord, found: Sequence[FindingRecord]) -> None:
    with st.container(border=True, gap="xsmall", key=f"held-{chunk.id}"):
        where = facts.section(chunk)
        st.markdown(f"**{chunk.ordinal + 1}**" + (f" :small[{markdown.plain(where)}]" if where else ""))
        for why in dict.fromkeys(one.why for one in found):
            st.markdown(f":material/flag: {markdown.plain(why)}")
        st.markdown(marked(chunk.text[:LONGEST], found))
        with st.container(horizontal=True):
            _button("Release", ":material/check:", house.catalogue.release_chunk, chunk.id)
            _button("Remove", ":material/delete:", house.catalogue.remove_chunk, chunk.id)


def marked(text: str, found: Sequence[FindingRecord]) -> str:
    """The text as harmless Markdown, with what was found in it on a coloured ground."""
    pieces, at = [], 0
    text = text.replace(_BEGIN, " ").replace(_END, " ")
    for start, end in _joined([(one.start, one.end) for one in found if one.start is not None and one.end is not None]):
        if words := " ".join(text[start:end].split()):  # a coloured ground ends with its paragraph
            pieces += [text[at:start], f"{_BEGIN}{words}{_END}"]
            at = end
    shown = markdown.plain("".join([*pieces, text[at:]]))
    return shown.replace(_BEGIN, ":orange-background[").replace(_END, "]")


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _button(label: str, icon: str, deed: Callable[[int], None], chunk_id: int) -> None:
    st.button(label, key=f"{label.lower()}-chunk-{chunk_id}", icon=icon, on_click=_do, args=(deed, chunk_id))


def _do(deed: Callable[[int], None], chunk_id: int) -> None:
    with problems.told():
        deed(chunk_id)
