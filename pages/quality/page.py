"""Quality: how well the app does, in figures. The guards' view: what they found, and how often they were wrong."""

import streamlit as st

from pages.quality import guards
from ui import demo, identity
from ui.resources import house

st.title("Quality", anchor=False)
demo.show(house())
guards.show(house(), identity.person())
