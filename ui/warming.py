"""What is still warming up, said in the sidebar until it is there."""

import streamlit as st

from ui import resources

TICK_S = 2.0
WORDS = {"models": "language models", "guard": "checks of answers", "meaning": "search by meaning"}


def show() -> None:
    states = resources.house().warmup.states()
    with st.sidebar:
        st.fragment(_show, run_every=TICK_S if "warming" in states.values() else None)()


def _show() -> None:
    warming = [WORDS[part] for part, state in resources.house().warmup.states().items() if state == "warming"]
    with st.container(key="warming"):
        if warming:
            st.caption(f":shimmer[Warming up: {', '.join(warming)} …] You can ask already.")
