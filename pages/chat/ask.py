"""The box to ask in."""

import streamlit as st

from pages.chat import scope
from rag import problems as words
from rag.assistant import Assistant, QueueFull, ShuttingDown, TooManyQuestions, Unavailable
from ui import problems, state
from ui.resources import house


def show(assistant: Assistant, person: str) -> None:
    st.chat_input("Ask your documents", key=state.QUESTION, on_submit=_send, args=(assistant, person))


def send(
    assistant: Assistant, person: str, question: str, *, offered_by: int | None = None, suggested: bool = False
) -> None:
    """Asks in the open conversation, or begins one. What cannot be saved goes back into the box.

    `offered_by` is the answer that suggested the question; `suggested` says that the page did.
    """
    if not question.strip():
        problems.tell(words.sentence("question_empty"))
        return
    with problems.told():
        try:
            asked = assistant.ask(person, question, state.conversation_id(), scope.chosen(house()))
        except (Unavailable, ShuttingDown, QueueFull, TooManyQuestions):
            state.keep_question(question)
            raise
        state.open_conversation(asked.conversation_id)
        house().signals.asked(person, asked.answer_id, offered_by=offered_by, suggested=suggested)


def send_again(assistant: Assistant, person: str, question_id: int) -> None:
    """Asks the same question once more; what was answered stays."""
    with problems.told(in_box=False):
        asked = assistant.ask_again(person, question_id, scope.chosen(house()))
        house().signals.asked(person, asked.answer_id)


def send_everywhere(assistant: Assistant, person: str, question_id: int) -> None:
    """Asks the same question of all documents, as all that follow."""
    state.search_everywhere()
    send_again(assistant, person, question_id)


def _send(assistant: Assistant, person: str) -> None:
    send(assistant, person, st.session_state[state.QUESTION] or "")
