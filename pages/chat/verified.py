"""The mark of an answer that was not written for this question: a reviewer vouches for it."""

from datetime import datetime

import streamlit as st

from pages.chat import ask
from rag.assistant import Assistant
from rag.review.serving import NAME
from store.records import AnswerRecord


def show(assistant: Assistant, person: str, answer: AnswerRecord) -> None:
    """A badge with the date, and a way to have the documents asked instead; nothing for other answers."""
    if answer.writer != NAME:
        return
    trace = assistant.trace(person, answer.id)
    kept = trace.settings.get("verified") if trace else None
    when = f", {datetime.fromisoformat(kept['since']):%d %b %Y}" if kept else ""
    with st.container(horizontal=True, vertical_alignment="center", key=f"verified-{answer.id}"):
        st.badge(f"Verified by a reviewer{when}", icon=":material/verified:", color="green", width="content")
        st.button(
            "Ask the documents anew",
            key=f"anew-{answer.id}",
            type="tertiary",
            icon=":material/refresh:",
            help="This answer was given before to a question like yours, and checked by a person.",
            on_click=ask.send_again,
            args=(assistant, person, answer.question_id),
        )
