"""The conversation around an answer, the answer with its marks and footnotes, and what its reader says of it."""

import streamlit as st

from pages.chat import conflicts
from pages.chat.places import place, shortened
from pages.review import feedback
from rag.house import House
from rag.review.item import Item
from rag.writers.extractive import NAME as EXTRACTIVE
from store.records import AnswerRecord, QuestionRecord
from ui import markdown, state, support
from ui.words import STATES, counted

MOST = 20  # questions of a conversation shown on each side


def show(house: House, item: Item) -> None:
    before = [one for one in item.asked if one.id < item.question.id]
    behind = [one for one in item.asked if one.id > item.question.id]
    _around(before[-MOST:], len(before), "before", ":material/history:")
    with st.chat_message("user", avatar=":material/person:"):
        st.markdown(markdown.plain(item.question.text))
    with st.chat_message("assistant", avatar=":material/format_quote:"), st.container(key=f"item-answer-{item.row.id}"):
        _answer(house, item.answer)
        _footnotes(item.answer)
    feedback.show(house, item)
    _others(house, item)
    _around(behind[:MOST], len(behind), "after it", ":material/update:")


def _answer(house: House, answer: AnswerRecord) -> None:
    if answer.state != "answered":
        st.markdown(f":gray-badge[{STATES.get(answer.state, answer.state)}]")
    marked = support.marks(answer.text, answer.support)
    if answer.writer == EXTRACTIVE and answer.degraded is None and not marked:
        st.markdown(markdown.quoted(answer.text))
    elif answer.text:
        st.markdown(markdown.answer(answer.text, numbered=bool(answer.citations), marks=support.behind(marked)))
    if answer.sentences:
        told = support.summary(answer.sentences, answer.supported or 0)
        st.caption(" · ".join(filter(None, (f":material/fact_check: {told}", support.legend(marked)))))
    if marked:
        with st.expander("Why sentences are marked", icon=":material/help:"):
            st.markdown(support.reasons(marked))
    conflicts.show(house.assistant, answer)


def _footnotes(answer: AnswerRecord) -> None:
    """A click opens the source at the words."""
    with st.container(key=f"sources-{answer.id}", gap="xsmall"):
        for cited in answer.citations:
            st.markdown(f":blue-badge[{cited.number}] :small[{markdown.plain(place(cited))}]")
            st.button(
                f"“{markdown.plain(shortened(cited.quote))}”",
                key=f"source-{cited.id}",
                type="tertiary",
                icon=":material/find_in_page:",
                on_click=state.open_source,
                args=(cited.id,),
            )


def _others(house: House, item: Item) -> None:
    """Other answers to the same question."""
    for one in item.question.answers:
        if one.id != item.row.id and one.state != "writing":
            with st.expander(f"Another answer, {one.created_at:%Y-%m-%d %H:%M} UTC", icon=":material/history:"):
                _answer(house, one)


def _around(questions: list[QuestionRecord], total: int, words: str, icon: str) -> None:
    if not questions:
        return
    more = f", {len(questions):,} of them shown" if total > len(questions) else ""
    with st.expander(f"{counted(total, 'question')} {words}{more}", icon=icon):
        for question in questions:
            st.markdown(f"**{markdown.plain(question.text)}**")
            for answer in question.answers[-1:]:
                st.markdown(markdown.answer(answer.text or "–", numbered=bool(answer.citations)))
