"""The list of documents."""

import streamlit as st

from rag.ingest.library import Library
from store.records import DocumentRecord
from ui import markdown, problems
from ui.words import counted


def show(library: Library) -> None:
    documents = library.listing()
    if not documents:
        st.info("There are no documents yet. Drop some files above.", icon=":material/description:")
        return
    st.caption(counted(len(documents), "document"))
    wanted = st.text_input("Filter", key="documents-filter", placeholder="Filter by title or file name")
    for document in documents:
        if (wanted or "").casefold() in f"{document.title} {document.name}".casefold():
            _row(library, document)


def _row(library: Library, document: DocumentRecord) -> None:
    with st.container(key=f"document-{document.id}", horizontal=True, vertical_alignment="center"):
        with st.container(gap=None):
            st.markdown(f"**{markdown.plain(document.title)}**")
            st.caption(markdown.plain(_facts(document)))
        with st.popover("Delete", icon=":material/delete:", type="tertiary"):
            st.markdown("Its text is deleted and answers no more. Footnotes that cite it keep their words.")
            st.button(
                "Delete it",
                key=f"delete-document-{document.id}",
                type="primary",
                on_click=_remove,
                args=(library, document),
            )


def _facts(document: DocumentRecord) -> str:
    pages = counted(document.pages, "page") if document.pages else ""
    size = f"{document.size / 1e6:.1f} MB" if document.size >= 1e5 else f"{document.size / 1e3:.1f} kB"
    parts = (
        document.name,
        size,
        pages,
        counted(document.chunks, "chunk"),
        f"added {document.added_at:%d %b %Y, %H:%M}",
    )
    return " · ".join(part for part in parts if part)


def _remove(library: Library, document: DocumentRecord) -> None:
    with problems.told():
        removed = library.remove(document.id)
        if removed:
            st.toast(
                f"{markdown.plain(removed.name)} is deleted: {counted(removed.characters, 'character')}, "
                f"{counted(removed.chunks, 'chunk')} with their vectors, and the file."
            )
