"""Review: what readers said about the answers."""

import streamlit as st

from pages.review import inbox
from ui.resources import assistant

st.title("Review", anchor=False)
inbox.show(assistant())
