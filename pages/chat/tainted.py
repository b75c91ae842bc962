"""Under an answer: that passages it was written from looked suspicious to a guard, and why."""

import streamlit as st

from store.records import AnswerRecord
from ui import markdown


def show(answer: AnswerRecord) -> None:
    reasons = dict.fromkeys(one.why for one in answer.findings if one.stand == "passage" and one.action == "flag")
    if reasons:
        with st.container(key=f"tainted-{answer.id}", gap=None):
            st.caption(":orange-badge[:material/flag: read with care] A guard marked a passage behind this answer.")
            for why in reasons:
                st.caption(markdown.plain(why))
