"""All that changes by itself, drawn anew every few seconds."""

import streamlit as st

from pages.operations import answers, budget, health, models, work
from rag.house import House
from ui import problems

TICK_S = 5.0


def show(house: House) -> None:
    st.fragment(_show, run_every=TICK_S)(house)


def _show(house: House) -> None:
    problems.show()  # a click in here draws only this part of the page
    models.show(house)
    budget.show(house)
    answers.show(house)
    work.show(house)
    health.show(house)
