"""How whoever reviews is called, beside the keys they can use."""

import streamlit as st

from rag.house import House
from rag.review.people import LONGEST, BadName, visitor
from ui import markdown, problems

LIST_KEYS = (
    ("j k", "the next row, the one before"),
    ("o or Enter", "open it"),
    ("x", "select it"),
    ("/", "search"),
    ("?", "these keys"),
)
ITEM_KEYS = (
    ("j k", "the next answer, the one before"),
    ("s", "status"),
    ("i f w", "in review, fixed, won't fix"),
    ("a", "assign to me"),
    ("t", "tags"),
    ("n", "write a note"),
    ("u", "back to the list"),
    ("?", "these keys"),
)


def show(house: House, person: str) -> None:
    name = house.desk.people.name(person)
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        with st.popover(
            f"You: {markdown.plain(name or visitor(person))}", icon=":material/badge:", type="tertiary", key="my-name"
        ):
            st.text_input(
                "How colleagues see you",
                value=name or "",
                max_chars=LONGEST,
                key="my-name-words",
                placeholder=visitor(person),
                help="Shown in the history and where answers are assigned. Empty: your visitor number.",
                on_change=_rename,
                args=(house, person),
            )
        show_keys(LIST_KEYS)


def show_keys(known: tuple[tuple[str, str], ...]) -> None:
    with st.popover("Keys", icon=":material/keyboard:", type="tertiary", key="inbox-keys"):
        st.markdown("\n".join(f"- `{key}` {words}" for key, words in known))


def _rename(house: House, person: str) -> None:
    with problems.told():
        try:
            house.desk.people.rename(person, st.session_state["my-name-words"])
        except BadName as why:
            problems.tell(str(why))
