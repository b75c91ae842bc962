"""Review: the answers and what readers said about them, the guards, and who looked at what."""

import streamlit as st

from pages.review import guards, head, inbox, item, log
from ui import identity, inbox_state
from ui.resources import assistant, house

st.set_page_config(layout="wide")
person = identity.person()
view = head.show()
if view == head.GUARDS:
    guards.show(assistant())
elif view == head.LOG:
    log.show(house(), person)
else:
    opened = inbox_state.opened()
    if opened.item is None:
        inbox.show(house(), person, opened)
    else:
        item.show(house(), person, opened, opened.item)
