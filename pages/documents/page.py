"""Documents: add them, see how far they are, remove them."""

import streamlit as st

from pages.documents import progress, table, upload
from ui.resources import house

st.title("Documents", anchor=False)
upload.show(house().library)
progress.show(house())
table.show(house().library)
