"""Thumbs, reasons and comment. Everything is stored the moment it is said."""

from typing import cast

import streamlit as st

from rag.assistant import Assistant
from store.records import AnswerRecord, Rating
from ui import problems, stored
from ui.resources import house

REASONS = ("Wrong", "Incomplete", "Not what I asked", "Wrong source", "Out of date", "Hard to read")
_TO_THUMB: dict[int, int | None] = {1: 1, -1: 0, 0: None}
_TO_RATING: dict[int | None, Rating] = {1: 1, 0: -1, None: 0}


def show_thumbs(assistant: Assistant, person: str, answer: AnswerRecord) -> None:
    if not house().settings.feedback.votes:
        return
    key = f"rate-{answer.id}"
    # The database says how it stands, also when another tab changed it.
    st.session_state[key] = _TO_THUMB[answer.feedback.rating if answer.feedback else 0]
    st.feedback("thumbs", key=key, on_change=_rate, args=(assistant, person, answer.id))


def show_reasons(assistant: Assistant, person: str, answer: AnswerRecord) -> None:
    """After thumbs down: what was wrong, in one click and as many words as one likes. A comment is always shown."""
    feedback = answer.feedback
    if feedback is None or not house().settings.feedback.votes or not (feedback.rating == -1 or feedback.comment):
        return
    explain = (assistant, person, answer.id)
    with st.container(border=True, key=f"reasons-{answer.id}"):
        if feedback.rating == -1:
            st.pills(
                "What was wrong?",
                REASONS,
                selection_mode="multi",
                key=stored.key(f"why-wrong-{answer.id}", [one for one in feedback.reasons if one in REASONS]),
                on_change=_explain,
                args=explain,
            )
        st.text_input(
            "Anything else?" if feedback.rating == -1 else "Your comment",
            max_chars=2000,
            key=stored.key(f"comment-{answer.id}", feedback.comment),
            placeholder="Optional; saved when you leave the field",
            on_change=_comment,
            args=explain,
        )


def _rate(assistant: Assistant, person: str, answer_id: int) -> None:
    thumb = cast("int | None", st.session_state[f"rate-{answer_id}"])
    with problems.told():
        assistant.feedback.rate(person, answer_id, _TO_RATING[thumb])


def _explain(assistant: Assistant, person: str, answer_id: int) -> None:
    with problems.told():
        assistant.feedback.rate(person, answer_id, -1, reasons=st.session_state[f"why-wrong-{answer_id}"])


def _comment(assistant: Assistant, person: str, answer_id: int) -> None:
    with problems.told():
        assistant.feedback.comment(person, answer_id, st.session_state[f"comment-{answer_id}"])
