"""What was spent of what may be spent, a bar for each limit of [budget]."""

import streamlit as st

from rag.house import House
from rag.operations import Limit
from ui import markdown, problems
from ui.words import counted, money

NONE = "No limit is set: `[budget]` in `footnote.toml` limits money and questions, in total and for each person."


def show(house: House) -> None:
    st.subheader("Budget", anchor=False)
    with problems.in_place():
        states = house.operations.budget()
        if not states:
            st.caption(NONE)
        for state in states:
            st.progress(min(state.spent / state.allowed, 1.0), text=sentence(state, house.settings.budget.near))


def sentence(state: Limit, near: float) -> str:
    """How a limit stands and what follows from it, as Markdown; from the share `near` on cheaper models answer."""
    unit, *whose, span = state.name.replace("_per_", "_").split("_")
    what = {"usd": "Money", "questions": "Questions"}[unit]
    when = {"day": "today", "month": "this month"}[span]
    used, allowed = (_amount(unit, number) for number in (state.spent, state.allowed))
    whom = ", by whoever used most" if whose else ""
    return f"{what} {when}{whom}: {markdown.plain(f'{used} of {allowed}')}{_consequence(state, near)}"


def _amount(unit: str, number: float) -> str:
    return money(number) if unit == "usd" else f"{number:,.0f}"


def _consequence(state: Limit, near: float) -> str:
    if state.people is None and state.spent >= state.allowed:
        return " :red-badge[used up: the documents' own words answer]"
    if state.people:
        return f" :red-badge[used up by {counted(state.people, 'person').replace('persons', 'people')}]"
    if state.spent >= near * state.allowed:
        return " :orange-badge[nearly used up: the cheaper models answer]"
    return ""
