"""Who is looking at the page."""

import secrets

import streamlit as st

from api.visitor import NAME
from rag.assistant import person_id

_FALLBACK = "_visitor"


def person() -> str:
    """The visitor behind the cookie; a browser that keeps none is somebody new in each tab."""
    cookie = st.context.cookies.get(NAME)
    if not cookie:
        cookie = st.session_state.setdefault(_FALLBACK, secrets.token_urlsafe(24))
    return person_id(cookie)
