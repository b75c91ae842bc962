"""Below an answer: how many of its sentences the passages say, and why others are marked."""

import streamlit as st

from rag.writers.extractive import NAME as EXTRACTIVE
from store.records import AnswerRecord
from ui import support


def show(answer: AnswerRecord) -> None:
    """Nothing where nothing was looked at, nor where all is in the documents' own words."""
    marked = support.marks(answer.text, answer.support)
    if not answer.sentences or (answer.writer == EXTRACTIVE and not marked):
        return
    told = support.summary(answer.sentences, answer.supported or 0)
    with st.container(key=f"support-{answer.id}", gap="xsmall"):
        st.caption(" · ".join(filter(None, (f":material/fact_check: {told}", support.legend(marked)))))
        if marked:
            with st.expander("Why sentences are marked", icon=":material/help:"):
                st.markdown(support.reasons(marked))
