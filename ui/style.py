"""The little that themes cannot say. Only classes made from our own widget keys are named, never Streamlit's own."""

import streamlit as st

# Streamlit centres the words of buttons; lists of sources, conversations and answers read from the left. Rows of the
# inbox stand apart by a line, and the one with the focus can be told at a glance. Boxes for files that
# have been used are unseen.
_RULES = """
[class*="st-key-source-"] button, [class*="st-key-conversation-"] button, [class*="st-key-open-item-"] button {
  justify-content: flex-start; text-align: left;
}
[class*="st-key-source-"] button p, [class*="st-key-conversation-"] button p, [class*="st-key-open-item-"] button p {
  text-align: left;
}
[class*="st-key-open-item-"] button div { justify-content: flex-start; width: 100%; }
[class*="st-key-open-item-"] button { min-height: 0; padding: 0.1rem 0.25rem; margin-left: -0.25rem; }
[class*="st-key-open-item-"] button p { font-weight: 600; }
[class*="st-key-item-row-"] { border-top: 1px solid rgba(128, 128, 128, 0.25); padding: 0.5rem 0.25rem; }
[class*="st-key-upload-box-"]:has(~ [class*="st-key-upload-box-"]) { display: none; }
[class*="st-key-item-row-"]:focus-within { background: rgba(128, 128, 128, 0.1); }
"""


def apply() -> None:
    st.html(f"<style>{_RULES}</style>")
