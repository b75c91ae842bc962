"""Deleting a document: what goes is said before, and what went afterwards."""

import streamlit as st

from rag.house import House
from store.records import DocumentRecord
from ui import markdown, problems, state
from ui.words import counted


def show(house: House, document: DocumentRecord) -> None:
    with st.popover("Delete", icon=":material/delete:", type="tertiary", key=f"delete-{document.id}"):
        st.markdown(
            f"**{markdown.plain(document.title)}** is deleted for good: its text "
            f"({counted(document.characters, 'character')}), {counted(document.chunks, 'chunk')}, "
            f"{counted(document.embedded, 'vector')} and the kept file. It answers no more; answers that cited it keep "
            "the words they quoted."
        )
        st.button(
            "Delete it",
            key=f"delete-document-{document.id}",
            type="primary",
            on_click=_remove,
            args=(house, document.id),
        )


def show_receipt() -> None:
    """What was deleted, until it is put away."""
    words = state.receipt()
    if words:
        with st.container(horizontal=True, vertical_alignment="center", key="receipt"):
            st.success(markdown.plain(words), icon=":material/delete:")
            st.button(
                "Close", key="close-receipt", type="tertiary", icon=":material/close:", on_click=state.put_receipt_away
            )


def _remove(house: House, document_id: int) -> None:
    with problems.told():
        removed = house.library.remove(document_id)
        if removed is None:
            return  # somebody else was quicker; the page says that it is gone
        texts = "its text" if removed.versions == 1 else f"its text in {removed.versions} versions"
        file = "and the kept file" if removed.files else "and no file, for something else needs it"
        state.keep_receipt(
            f"{removed.name} is deleted: {texts} ({counted(removed.characters, 'character')}), "
            f"{counted(removed.chunks, 'chunk')}, {counted(removed.vectors, 'vector')} {file}."
        )
        state.close_document()
