"""What was spent of what may be spent, a bar for each limit of [budget]."""

import streamlit as st

from rag.house import House
from rag.operations import Limit
from ui import markdown, problems
from ui.words import money

NONE = "No limit is set: `[budget]` in `footnote.toml` limits money and questions, in total and for each person."


def show(house: House) -> None:
    st.subheader("Budget", anchor=False)
    with problems.in_place():
        limits = house.operations.budget()
        if not limits:
            st.caption(NONE)
        for limit in limits:
            st.progress(min(limit.spent / limit.allowed, 1.0), text=sentence(limit, house.settings.budget.near))


def sentence(limit: Limit, near: float) -> str:
    """How a limit stands and what follows from it, as Markdown; from the share `near` on cheaper models answer."""
    unit, *whose, span = limit.name.replace("_per_", "_").split("_")
    what = {"usd": "Money", "questions": "Questions"}[unit]
    when = {"day": "today", "month": "this month"}[span]
    used, allowed = (_amount(unit, number) for number in (limit.spent, limit.allowed))
    whom = ", by whoever used most" if whose else ""
    return f"{what} {when}{whom}: {markdown.plain(f'{used} of {allowed}')}{_consequence(limit, near)}"


def _amount(unit: str, number: float) -> str:
    return money(number) if unit == "usd" else f"{number:,.0f}"


def _consequence(limit: Limit, near: float) -> str:
    if limit.people is None and limit.spent >= limit.allowed:
        return " :red-badge[used up: the documents' own words answer]"
    if limit.people:
        people = "1 person" if limit.people == 1 else f"{limit.people:,} people"
        return f" :red-badge[used up by {people}]"
    if limit.spent >= near * limit.allowed:
        return " :orange-badge[nearly used up: the cheaper models answer]"
    return ""
