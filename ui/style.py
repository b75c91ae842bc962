"""The little that themes cannot say. Only classes made from our own widget keys are named, never Streamlit's own."""

import streamlit as st

# Streamlit centres the words of buttons; lists of sources and conversations read from the left. Boxes for files
# that have been used are unseen.
_RULES = """
[class*="st-key-source-"] button, [class*="st-key-conversation-"] button {
  justify-content: flex-start; text-align: left;
}
[class*="st-key-source-"] button p, [class*="st-key-conversation-"] button p { text-align: left; }
[class*="st-key-upload-box-"]:has(~ [class*="st-key-upload-box-"]) { display: none; }
"""


def apply() -> None:
    st.html(f"<style>{_RULES}</style>")
