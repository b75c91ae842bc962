"""What is noted of a reader's actions: said in the sidebar, with the switch for it."""

import streamlit as st

from rag.house import House
from ui import problems
from ui.words import counted

WORDS = """To find answers that do not help, it is noted that you

- copied words of an answer, or opened a footnote
- took a suggested question, asked again or in other words
- stopped an answer, left at once, or came back within a week

Never what you copied or read, and nobody but the people who look after this app sees it."""
ASKED_FOR = "Nothing of this is noted unless you switch it on."


def show(house: House, person: str) -> bool:
    """Gives whether it is noted what this person does. Shows nothing where the settings let nothing be noted."""
    if not house.signals.possible:
        return False
    with st.sidebar, st.container(key="noting"):
        allowed = house.signals.allowed(person)
        icon = ":material/visibility:" if allowed else ":material/visibility_off:"
        with st.popover("What is noted", icon=icon, type="tertiary", key="noting-menu"):
            st.markdown(WORDS)
            st.session_state["note-actions"] = allowed  # as the database has it, also after another tab changed it
            st.toggle("Note what I do", key="note-actions", on_change=_switch, args=(house, person))
            noted = sum(house.signals.counts(person).values())
            if noted:
                st.caption(f"So far {counted(noted, 'action')} of yours.")
                st.button(
                    "Delete what was noted",
                    key="forget-noted",
                    icon=":material/delete:",
                    on_click=_forget,
                    args=(house, person),
                )
            elif not allowed:
                st.caption(ASKED_FOR)
    return allowed


def _switch(house: House, person: str) -> None:
    with problems.told():
        house.signals.allow(person, allowed=st.session_state["note-actions"])


def _forget(house: House, person: str) -> None:
    with problems.told():
        house.signals.forget(person)
