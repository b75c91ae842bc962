"""The questions and answers of the open conversation."""

import streamlit as st

from pages.chat import answer, replies
from pages.chat.writing import Running
from rag.assistant import Assistant, NotYours
from rag.house import House
from store.records import QuestionRecord
from ui import markdown, problems, state


def load(assistant: Assistant, person: str, conversation_id: str | None) -> tuple[QuestionRecord, ...]:
    """The open conversation's questions; none in a new one. One that is not there is said so, and left."""
    if conversation_id is None:
        return ()
    try:
        return assistant.conversation(person, conversation_id)[1]
    except NotYours:
        state.open_conversation(None)
        st.warning(problems.NOT_YOURS, icon=":material/lock:")
        return ()


def show(house: House, person: str, asked: tuple[QuestionRecord, ...]) -> list[Running]:
    """Draws every question with its answers; gives the answers that are still being written."""
    running: list[Running] = []
    replied = replies.load(house, person, state.conversation_id()) if asked else {}
    for question in asked:
        with st.container(key=f"question-{question.id}"):
            with st.chat_message("user", avatar=":material/person:"):
                st.markdown(markdown.plain(question.text))
            for earlier in question.answers[:-1]:
                with st.expander(answer.summary(earlier), icon=":material/history:"):
                    answer.show_text(house.assistant, earlier)
                replies.show(house, person, earlier.id, replied)
            if question.answers:
                running += answer.show(house.assistant, person, question, is_last=question is asked[-1])
                replies.show(house, person, question.answers[-1].id, replied)
    for _ in range(state.tail_since_last_run(len(asked))):
        st.empty()
    return running
