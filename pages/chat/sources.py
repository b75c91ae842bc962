"""The source of a footnote: the document's own text, its exact words highlighted and scrolled to."""

import streamlit as st

from pages.chat.places import place
from rag.assistant import Assistant
from store.records import CitationRecord, QuestionRecord
from ui import markdown, source_view, state

AROUND = 30_000  # characters shown on each side of the words


def show(assistant: Assistant, asked: tuple[QuestionRecord, ...]) -> None:
    """Opens the footnote that was clicked, if one was."""
    wanted = state.source()
    citations = (c for question in asked for answer in question.answers for c in answer.citations)
    citation = next((c for c in citations if c.id == wanted), None)
    if citation is not None:
        _open(assistant, citation)


def _open(assistant: Assistant, citation: CitationRecord) -> None:
    @st.dialog(
        markdown.plain(citation.document), width="large", on_dismiss=state.close_source, icon=":material/description:"
    )
    def source() -> None:
        st.caption(markdown.plain(place(citation).removeprefix(citation.document).removeprefix(" · ")))
        text = assistant.library.text(citation.document_id, citation.version) if citation.document_id else None
        if text is None:
            st.info(
                "This document was deleted or replaced since. These were the words cited:", icon=":material/delete:"
            )
            st.markdown(f"> {markdown.plain(citation.quote)}")
        else:
            if assistant.library.version(citation.document_id or 0) != citation.version:
                st.info("This is the document as it was when it was cited; it was replaced since.")
            low, high = max(0, citation.start - AROUND), citation.end + AROUND
            source_view.show(
                before=("… " if low else "") + text[low : citation.start],
                words=text[citation.start : citation.end],
                after=text[citation.end : high] + (" …" if high < len(text) else ""),
                key=f"source-view-{citation.id}",
            )

    source()
