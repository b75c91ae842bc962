"""One answer: its text, its footnotes, and what a reader can do with it."""

from collections.abc import Iterator

import streamlit as st

from pages.chat import ask, conflicts, correcting, footnotes, guarded, rating, sentences, verified, why
from pages.chat.places import shortened
from pages.chat.writing import Running
from rag import problems as words
from rag.assistant import Assistant
from rag.writers.ending import ending
from rag.writers.extractive import NAME as EXTRACTIVE
from store.records import AnswerRecord, QuestionRecord
from ui import links, markdown, problems, state, support
from ui.resources import house

_STATES = {
    "interrupted": words.sentence("interrupted"),
    "stopped": "You stopped this answer. What had arrived is kept.",
}


def show(assistant: Assistant, person: str, question: QuestionRecord, *, is_last: bool) -> list[Running]:
    """Draws a question's latest answer; gives it back as running while it is being written."""
    answer = question.answers[-1]
    with st.chat_message("assistant", avatar=":material/format_quote:"), st.container(key=f"answer-{answer.id}"):
        if answer.state == "writing":
            return [_show_writing(assistant, person, answer, "stop" if is_last else f"stop-{answer.id}")]
        show_text(assistant, answer)
        verified.show(assistant, person, answer)
        sentences.show(answer)
        footnotes.show(person, answer)
        conflicts.show(assistant, answer)
        _show_notice(assistant, person, answer)
        guarded.show(assistant, person, answer)
        _show_nearest(assistant, person, question, answer)
        _show_actions(assistant, person, answer)
        if is_last:
            _show_follow_ups(assistant, person, answer)
    return []


def show_text(assistant: Assistant, answer: AnswerRecord) -> None:
    """The words of an answer, harmless, with its footnote numbers, and links that stand in a document it cites."""
    if answer.text and answer.state != "failed":
        linked = links.standing(answer.text, _cited_texts(assistant, answer)) if "://" in answer.text else ()
        marked = support.behind(support.marks(answer.text, answer.support))
        shown = markdown.answer(answer.text, numbered=bool(answer.citations), linked=linked, marks=marked)
        quoting = answer.writer == EXTRACTIVE and answer.degraded is None
        st.markdown(markdown.quoted(answer.text, linked=linked) if quoting else shown)


def _cited_texts(assistant: Assistant, answer: AnswerRecord) -> Iterator[str]:
    for document, version in dict.fromkeys((c.document_id, c.version) for c in answer.citations):
        if document is not None:
            yield assistant.library.text(document, version) or ""


def summary(answer: AnswerRecord) -> str:
    """One line about an earlier answer to the same question."""
    return f"Earlier answer, {answer.created_at:%H:%M} ({answer.state.replace('_', ' ')})"


def _show_writing(assistant: Assistant, person: str, answer: AnswerRecord, stop: str) -> Running:
    """`stop` is the button's key: more than one answer of a conversation may be under way."""
    steps, text = st.empty(), st.empty()
    st.button("Stop", key=stop, icon=":material/stop_circle:", on_click=_stop, args=(assistant, person, answer.id))
    return Running(assistant, person, answer, steps, text)


def _stop(assistant: Assistant, person: str, answer_id: int) -> None:
    with problems.told():
        assistant.stop(person, answer_id)
        house().signals.note(person, answer_id, "stopped")


def _show_notice(assistant: Assistant, person: str, answer: AnswerRecord) -> None:
    if answer.state in _STATES:
        st.info(_STATES[answer.state], icon=":material/pause_circle:")
    elif answer.state == "failed":
        st.warning(words.sentence(answer.problem or "bug"), icon=":material/error:")
    elif answer.degraded and answer.writer not in (None, EXTRACTIVE):
        st.caption(f":material/info: {words.notice(answer.degraded, 'model')}")
    elif answer.degraded:
        told = words.sentence(answer.degraded)
        if answer.state != "not_found":
            told = words.notice(answer.degraded, ending(answer, assistant.trace(person, answer.id)))
        st.info(told, icon=":material/info:")


def _show_nearest(assistant: Assistant, person: str, question: QuestionRecord, answer: AnswerRecord) -> None:
    if answer.state != "not_found":
        return
    trace = assistant.trace(person, answer.id)
    nearest = trace.passages[:3] if trace else ()
    if nearest:
        with st.expander("What comes nearest in the documents", icon=":material/search:"):
            for passage in nearest:
                where = " · ".join(filter(None, (passage["document"], passage["places"][0]["section"])))
                st.markdown(f"**{markdown.plain(where)}** ({passage['relevance']:.0%} match)")
                excerpt = assistant.library.excerpt(
                    passage["document_id"], passage["start"], passage["end"], passage.get("version")
                )
                st.caption(markdown.plain(shortened(excerpt)))
    if trace and (tags := trace.settings.get("tags")):
        st.caption(f"Only documents tagged {markdown.plain(', '.join(tags))} were searched.")
        st.button(
            "Search all documents",
            key=f"everywhere-{answer.id}",
            icon=":material/filter_alt_off:",
            on_click=ask.send_everywhere,
            args=(assistant, person, question.id),
        )
    st.caption("Try other words, or name the document, product or person you mean.")
    st.button(
        "Rephrase the question",
        key=f"rephrase-{answer.id}",
        icon=":material/edit_note:",
        on_click=state.keep_question,
        args=(question.text,),
    )


def _show_actions(assistant: Assistant, person: str, answer: AnswerRecord) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"actions-{answer.id}"):
        if answer.state not in ("failed", "refused"):
            rating.show_thumbs(assistant, person, answer)
            correcting.show_button(answer)
        if answer.state in ("failed", "interrupted", "stopped") or answer.degraded:
            label = "Ask again" if answer.state in ("interrupted", "stopped") else "Try again"
            st.button(
                label,
                key=f"again-{answer.id}",
                icon=":material/refresh:",
                on_click=ask.send_again,
                args=(assistant, person, answer.question_id),
            )
        why.show(assistant, person, answer)
    rating.show_reasons(assistant, person, answer)
    correcting.show(assistant, person, answer)


def _show_follow_ups(assistant: Assistant, person: str, answer: AnswerRecord) -> None:
    if not answer.follow_ups:
        return
    with st.container(horizontal=True, key=f"follow-ups-{answer.id}"):
        for number, question in enumerate(answer.follow_ups):
            st.button(
                markdown.plain(question),
                key=f"follow-up-{answer.id}-{number}",
                icon=":material/subdirectory_arrow_right:",
                on_click=ask.send,
                args=(assistant, person, question),
                kwargs={"offered_by": answer.id},
            )
