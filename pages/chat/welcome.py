"""The empty chat: what this is, and questions to begin with."""

import streamlit as st

from pages.chat import ask
from rag.assistant import Assistant
from ui import markdown
from ui.resources import house


def show(assistant: Assistant, person: str, *, visible: bool) -> None:
    # A slot of its own, emptied at once: what a run no longer draws would stay, greyed, until an answer has ended.
    slot = st.empty()
    if visible:
        with slot.container():
            _greeting(assistant, person)


def _greeting(assistant: Assistant, person: str) -> None:
    brand = house().settings.brand
    st.title(brand.name, anchor=False)
    st.markdown(markdown.plain(brand.tagline))
    if not (assistant.library.count() or assistant.library.unfinished()):
        st.info("There are no documents yet.", icon=":material/description:")
        st.page_link("../pages/documents/page.py", label="Add documents", icon=":material/upload:")
        return
    with st.container(horizontal=True, key="suggestions"):
        for number, question in enumerate(house().suggestions()):
            st.button(
                markdown.plain(question),
                key=f"suggestion-{number}",
                on_click=ask.send,
                args=(assistant, person, question),
                kwargs={"suggested": True},
            )
