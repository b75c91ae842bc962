"""A good answer as an example: models see it in their prompt beside questions like its own."""

import streamlit as st

from rag.assistant import Assistant, Unfit
from ui import problems


def show(assistant: Assistant, answer_id: int) -> None:
    """A switch, as the database has it; the page says why an answer cannot be one."""
    key = f"example-{answer_id}"
    st.session_state[key] = answer_id in assistant.examples.among([answer_id])  # also when another tab changed it
    st.toggle(
        "Show it to models as an example",
        key=key,
        help="Its question, the words it cites and its text, as corrected, go into prompts for questions like it.",
        on_change=_switch,
        args=(assistant, answer_id),
    )


def _switch(assistant: Assistant, answer_id: int) -> None:
    with problems.told():
        if not st.session_state[f"example-{answer_id}"]:
            assistant.examples.take_out(answer_id)
            return
        try:
            assistant.examples.approve(answer_id)
        except Unfit as why:
            problems.tell(str(why))
