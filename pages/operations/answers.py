"""The answers of the last day: how they ended and who wrote them."""

from collections import defaultdict

import streamlit as st

from rag.house import House
from rag.writers import extractive
from store.records import AnswerCount
from ui import problems
from ui.words import STATES, counted

NOBODY = "nobody"


def show(house: House) -> None:
    st.subheader("Answers", anchor=False)
    with problems.in_place():
        counts = house.operations.answers()
        if not counts:
            st.caption("No answers in the last 24 hours.")
            return
        st.caption(f"{counted(sum(one.count for one in counts), 'answer')} in the last 24 hours, by who wrote them.")
        st.dataframe(table(counts), hide_index=True, key="answers-of-the-day")


def table(counts: list[AnswerCount]) -> list[dict[str, object]]:
    """A row a writer, a column a state; states that did not happen are left out."""
    happened = [state for state in STATES if any(one.state == state for one in counts)]
    rows: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(happened, 0))
    for one in counts:
        rows[one.writer or NOBODY][one.state] += one.count
    ordered = sorted(rows, key=lambda writer: -sum(rows[writer].values()))
    return [
        {"written by": "the documents' own words" if writer == extractive.NAME else writer}
        | {STATES[state]: rows[writer][state] for state in happened}
        for writer in ordered
    ]
