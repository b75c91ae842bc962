"""Widgets that show what is stored, also when another tab changed it, and lose no words that are not stored yet."""

import streamlit as st


def key(name: str, value: object) -> str:
    """The key of a widget, made to show this value from the database if that is news.

    Where it is not, the widget is left alone: words being typed stay, and so do words that could not be saved.
    """
    known = f"_stored-{name}"
    is_news = known not in st.session_state or st.session_state[known] != value
    st.session_state[known] = value
    if name not in st.session_state or (is_news and st.session_state[name] != value):
        st.session_state[name] = value
    return name
