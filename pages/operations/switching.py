"""Taking a model out of the chain by hand, and putting it back."""

from collections.abc import Callable

import streamlit as st

from rag.house import House
from rag.operations import ModelStatus
from ui import markdown, problems

NOT_KEPT = "This could not be saved, for the app's memory is busy or away. Do it again in a minute."


def show(house: House, number: int, model: ModelStatus) -> None:
    """`number` is the model's place in the chain."""
    with st.container(horizontal=True, width="content", gap="small"):
        if model.health.taken_out:
            _put_back(house, number, model.name, "Put back")
            return
        if model.health.state != "closed":
            _put_back(house, number, model.name, "Ask it again now")
        _take_out(house, number, model.name)


def _put_back(house: House, number: int, name: str, label: str) -> None:
    args = (house.operations.put_back, name)
    st.button(label, key=f"put-back-{number}", icon=":material/undo:", type="tertiary", on_click=_do, args=args)


def _take_out(house: House, number: int, name: str) -> None:
    with st.popover("Take out", key=f"take-out-{number}", icon=":material/pan_tool:", type="tertiary"):
        st.markdown(
            f"No question goes to **{markdown.plain(name)}** until it is put back, at once and in all processes, also "
            "after a restart. Answers that it is writing go on."
        )
        args = (house.operations.take_out, name)
        st.button("Take it out", key=f"take-out-now-{number}", type="primary", on_click=_do, args=args)


def _do(deed: Callable[[str], bool], name: str) -> None:
    if not deed(name):
        problems.tell(NOT_KEPT)
