"""What a tab remembers between runs of its script. Keys of st.session_state are named nowhere else."""

import streamlit as st

_CONVERSATION = "_conversation"
_SOURCE = "_source"
_CORRECTING = "_correcting"
_DRAWN = "_drawn"
QUESTION = "question"


def conversation_id() -> str | None:
    """The open conversation: the one in the address, or the one this tab had open before it went to another page."""
    named = st.query_params.get("c")
    if named:
        st.session_state[_CONVERSATION] = named
        return named
    remembered: str | None = st.session_state.get(_CONVERSATION)
    if remembered:
        st.query_params["c"] = remembered
    return remembered


def open_conversation(conversation_id: str | None) -> None:
    """Opens a conversation, or with None a new one."""
    st.session_state.pop(_SOURCE, None)
    if conversation_id is None:
        st.session_state.pop(_CONVERSATION, None)
        st.query_params.clear()
    else:
        st.session_state[_CONVERSATION] = conversation_id
        st.query_params["c"] = conversation_id


def keep_question(text: str) -> None:
    """Puts a question that could not be saved back into the box it was written in."""
    st.session_state[QUESTION] = text


def open_source(citation_id: int) -> None:
    st.session_state[_SOURCE] = citation_id


def close_source() -> None:
    st.session_state.pop(_SOURCE, None)


def source() -> int | None:
    """The footnote whose source is open. Kept across runs, so that an answer that ends does not close it."""
    value: int | None = st.session_state.get(_SOURCE)
    return value


def toggle_correcting(answer_id: int) -> None:
    """Opens the text of an answer for editing, or closes it."""
    open_ones: set[int] = st.session_state.setdefault(_CORRECTING, set())
    open_ones.symmetric_difference_update({answer_id})


def is_correcting(answer_id: int) -> bool:
    return answer_id in st.session_state.get(_CORRECTING, set())


def tail_since_last_run(count: int) -> int:
    """How many slots the run before filled beyond these `count`. They stay on the page, greyed, until the script ends,
    and a script that shows a streaming answer ends late: so they are emptied by hand."""
    before: int = st.session_state.get(_DRAWN, 0)
    st.session_state[_DRAWN] = count
    return max(0, before - count)
