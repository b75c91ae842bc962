"""Operations: how the app does, and what can be done about it."""

import streamlit as st

from pages.operations import status, testing
from ui.resources import house

st.title("Operations", anchor=False)
status.show(house())
testing.show(house())
