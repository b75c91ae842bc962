"""A correction: the answer as its reader would have it."""

import streamlit as st

from rag.assistant import Assistant
from store.records import AnswerRecord
from ui import diffs, problems, state
from ui.resources import house


def show_button(answer: AnswerRecord) -> None:
    if house().settings.feedback.corrections:
        st.button(
            "Correct this answer",
            key=f"correct-{answer.id}",
            type="tertiary",
            icon=":material/edit:",
            on_click=state.toggle_correcting,
            args=(answer.id,),
        )


def show(assistant: Assistant, person: str, answer: AnswerRecord) -> None:
    """The answer's text open for editing, or the correction that was made."""
    made = answer.feedback.correction if answer.feedback else None
    if state.is_correcting(answer.id):
        with st.form(f"correction-{answer.id}"):
            text = st.text_area(
                "The answer as it should be",
                value=made or answer.text,
                max_chars=20_000,
                height=180,
                key=f"correction-text-{answer.id}",  # what is being typed stays, whatever another tab saves
            )
            with st.container(horizontal=True):
                saved = st.form_submit_button("Save correction", type="primary", key=f"save-correction-{answer.id}")
                dropped = st.form_submit_button("Cancel", key=f"cancel-correction-{answer.id}")
        if saved or dropped:
            with problems.told():  # what cannot be saved stays in the box
                if saved:
                    assistant.feedback.correct(person, answer.id, text)
                state.toggle_correcting(answer.id)
            st.rerun()
    elif made:
        with st.expander("Your correction", icon=":material/edit_note:"):
            if diff := answer.feedback.diff if answer.feedback else ():
                diffs.show(diff)
                st.caption("Struck through: yours leaves it out. Bold: yours adds it.")
            else:  # given before differences were kept
                st.text(made)
