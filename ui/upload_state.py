"""What a tab remembers of the files it added."""

import streamlit as st

_UPLOADS = "_uploads"
_ROUND = "_upload_round"
_TAKEN = "_taken"


def uploads() -> tuple[int, ...]:
    """The entries of the files that this tab added and whose outcome it has not put away."""
    return tuple(st.session_state.get(_UPLOADS, ()))


def keep_uploads(entry_ids: tuple[int, ...]) -> None:
    st.session_state[_UPLOADS] = entry_ids


def latest_round() -> int:
    """Which batch of files the box is for: each batch has a box of its own."""
    value: int = st.session_state.get(_ROUND, 0)
    return value


def next_round() -> None:
    st.session_state[_ROUND] = latest_round() + 1


def take_file(file_id: str) -> bool:
    """Whether this chosen file is a new one; from now on it is known, and added once."""
    taken: set[str] = st.session_state.setdefault(_TAKEN, set())
    known = file_id in taken
    taken.add(file_id)
    return not known
