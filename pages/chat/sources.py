"""The source of a footnote: the document's own text, its exact words highlighted and scrolled to."""

import streamlit as st

from pages.chat.places import place
from rag.assistant import Assistant
from store.records import CitationRecord, QuestionRecord
from ui import markdown, source_view, state


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
            source_view.show(text, citation.start, citation.end, key=f"source-view-{citation.id}")

    source()


def open_at(assistant: Assistant, title: str, document_id: int, words: str, *, start: int = 0, key: str) -> None:
    """Opens a document at words that no footnote leads to: at `start`, or where else they stand, or its beginning."""
    text = assistant.library.text(document_id)

    @st.dialog(title, width="large", icon=":material/description:")
    def source() -> None:
        if text is None:
            st.info("This document was deleted since. It said:", icon=":material/delete:")
            st.markdown(f"> {markdown.plain(words)}")
            return
        at = start if text.startswith(words, start) else max(0, text.find(words))
        end = at + (len(words) if text.startswith(words, at) else 0)
        source_view.show(text, at, end, key=f"source-view-{key}")

    source()
