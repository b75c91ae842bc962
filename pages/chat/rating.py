"""Thumbs, reasons and comment. Everything is stored the moment it is said."""

from typing import cast

import streamlit as st

from rag.assistant import Assistant
from store.records import AnswerRecord, Rating
from ui import problems
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
    """After thumbs down: what was wrong, in one click and as many words as one likes."""
    feedback = answer.feedback
    if feedback is None or feedback.rating != -1 or not house().settings.feedback.votes:
        return
    explain = (assistant, person, answer.id)
    with st.container(border=True, key=f"reasons-{answer.id}"):
        st.pills(
            "What was wrong?",
            REASONS,
            selection_mode="multi",
            default=[reason for reason in feedback.reasons if reason in REASONS],
            key=f"why-wrong-{answer.id}",
            on_change=_explain,
            args=explain,
        )
        st.text_input(
            "Anything else?",
            value=feedback.comment,
            max_chars=2000,
            key=f"comment-{answer.id}",
            placeholder="Optional; saved when you leave the field",
            on_change=_explain,
            args=explain,
        )


def _rate(assistant: Assistant, person: str, answer_id: int) -> None:
    thumb = cast("int | None", st.session_state[f"rate-{answer_id}"])
    with problems.told():
        assistant.feedback.rate(person, answer_id, _TO_RATING[thumb])


def _explain(assistant: Assistant, person: str, answer_id: int) -> None:
    reasons = st.session_state.get(f"why-wrong-{answer_id}") or []
    comment = st.session_state.get(f"comment-{answer_id}") or ""
    with problems.told():
        assistant.feedback.rate(person, answer_id, -1, reasons=reasons, comment=comment)
