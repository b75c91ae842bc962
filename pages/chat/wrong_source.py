"""A footnote that its reader calls wrong, and what should stand there instead. Stored with each click."""

from typing import Any

import streamlit as st

from pages.chat.places import shortened
from rag.assistant import Assistant
from store.records import AnswerRecord, BetterSourceRecord, CitationRecord, WrongSourceRecord
from ui import markdown, problems
from ui.resources import house

UNKNOWN = "These words stand in none of the documents. They are kept for whoever looks into it."


def flag(person: str, answer: AnswerRecord, citation: CitationRecord) -> None:
    """The button beside a footnote; its place is empty once it was clicked."""
    if house().settings.feedback.corrections and _said(answer, citation) is None:
        st.button(
            "Wrong source",
            key=f"wrong-source-{citation.id}",
            type="tertiary",
            icon=":material/flag:",
            on_click=_call,
            args=(person, answer.id, citation.id),
            kwargs={"wrong": True},
        )


def show(person: str, answer: AnswerRecord, citation: CitationRecord) -> None:
    """Below a footnote that was called wrong: what would have been better."""
    said = _said(answer, citation)
    if said is None:
        return
    with st.container(border=True, key=f"wrong-{citation.id}", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(":material/flag: You called this source wrong.")
            st.button(
                "Take it back",
                key=f"right-source-{citation.id}",
                type="tertiary",
                on_click=_call,
                args=(person, answer.id, citation.id),
                kwargs={"wrong": False},
            )
        if said.better or said.words:
            _show_better(person, answer, said)
        elif house().settings.feedback.corrections:
            _ask(person, answer, citation)


def _said(answer: AnswerRecord, citation: CitationRecord) -> WrongSourceRecord | None:
    sources = answer.feedback.sources if answer.feedback else ()
    return next((one for one in sources if one.citation_id == citation.id), None)


def _show_better(person: str, answer: AnswerRecord, said: WrongSourceRecord) -> None:
    if said.better:
        st.markdown(f"Better: **{markdown.plain(said.better.document)}**")
        words = said.better.quote or said.words
    else:
        words = said.words
    if words:
        st.markdown(f"“{markdown.plain(shortened(words))}”")
    if said.better is None:
        st.caption(UNKNOWN)
    st.button(
        "Name another one",
        key=f"another-{said.citation_id}",
        type="tertiary",
        icon=":material/edit:",
        on_click=_name,
        args=(person, answer.id, said.citation_id, None),
    )


def _ask(person: str, answer: AnswerRecord, citation: CitationRecord) -> None:
    found = _others(house().assistant, person, answer, citation)
    if found:
        st.selectbox(
            "A better source is …",
            list(found),
            index=None,
            format_func=lambda number: _label(found[number]),
            placeholder="one of the other passages that were found",
            key=f"better-{citation.id}",
            on_change=_choose,
            args=(person, answer.id, citation.id, found),
        )
    st.text_input(
        "Or words of it, or the document's name" if found else "A better source is …",
        key=f"better-words-{citation.id}",
        max_chars=2000,
        placeholder="Paste its words: they are looked up in the documents",
        on_change=_look_up,
        args=(person, answer.id, citation.id),
    )


def _others(
    assistant: Assistant, person: str, answer: AnswerRecord, citation: CitationRecord
) -> dict[int, BetterSourceRecord]:
    """The passages that were found for the question, by number, without the one that is called wrong."""
    trace = assistant.trace(person, answer.id)
    return {
        passage["number"]: _source(assistant, passage)
        for passage in (trace.passages if trace else ())
        if not (passage["document_id"] == citation.document_id and passage["start"] <= citation.start < passage["end"])
    }


def _source(assistant: Assistant, passage: dict[str, Any]) -> BetterSourceRecord:
    span = passage["start"], passage["end"]
    words = assistant.library.excerpt(passage["document_id"], *span, passage.get("version"))
    return BetterSourceRecord(passage["document_id"], passage["document"], *span, words)


def _label(source: BetterSourceRecord) -> str:
    return f"{source.document}: {shortened(source.quote, 100)}"


def _call(person: str, answer_id: int, citation_id: int, *, wrong: bool) -> None:
    with problems.told():
        house().assistant.feedback.call_wrong(person, answer_id, citation_id, wrong=wrong)


def _choose(person: str, answer_id: int, citation_id: int, found: dict[int, BetterSourceRecord]) -> None:
    chosen = st.session_state[f"better-{citation_id}"]
    if chosen is not None:
        _name(person, answer_id, citation_id, found[chosen])


def _look_up(person: str, answer_id: int, citation_id: int) -> None:
    words = st.session_state[f"better-words-{citation_id}"].strip()
    if words:
        with problems.told():
            _name(person, answer_id, citation_id, house().assistant.feedback.find_source(words), words)


def _name(person: str, answer_id: int, citation_id: int, better: BetterSourceRecord | None, words: str = "") -> None:
    with problems.told():
        house().assistant.feedback.name_better(person, answer_id, citation_id, better, words=words)
