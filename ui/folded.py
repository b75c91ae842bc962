"""A part of an item that is folded away until somebody opens it, and built only then: a browser draws what is wanted.

Once built it stays while it is folded again, so that what was typed in it stays.
"""

from contextlib import AbstractContextManager
from typing import Any

import streamlit as st

from ui import inbox_state


def part(label: str, *, icon: str, key: str) -> AbstractContextManager[Any] | None:
    """Its inside, to be filled; None while nobody opened it."""
    place = st.expander(label, icon=icon, key=key, on_change="rerun")
    return place if inbox_state.is_unfolded(key, now=bool(place.open)) else None
