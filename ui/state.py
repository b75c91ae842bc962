"""What a tab remembers between runs of its script. Keys of st.session_state are named nowhere else."""

import time
from collections.abc import Container

import streamlit as st

from rag.trial import Trial
from ui.inbox_state import open_inbox as open_inbox  # pages go through here

_CONVERSATION = "_conversation"
_SOURCE = "_source"
_CORRECTING = "_correcting"
_DRAWN = "_drawn"
_PROGRESS = "_progress"
_RECEIPT = "_receipt"
_TRIAL = "_trial"
_REVIEWED = "_reviewed"
QUESTION = "question"
TAGS = "search-in"


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


def tags() -> tuple[str, ...]:
    """The tags this tab's questions are narrowed to; none: all documents are searched."""
    return tuple(st.session_state.get(TAGS) or ())


def narrow_to(known: Container[str]) -> tuple[str, ...]:
    """Forgets the tags that are not among these; gives those that are left."""
    left = tuple(tag for tag in tags() if tag in known)
    if left != tags():
        st.session_state[TAGS] = list(left)
    return left


def search_everywhere() -> None:
    narrow_to(())


def document_id() -> int | None:
    """The document whose own view the address names; 0, which no document has, for an address that makes no sense."""
    return _number("d")


def chunk_id() -> int | None:
    """The chunk of that document to begin at."""
    return _number("chunk")


def open_document(document_id: int, chunk_id: int | None = None) -> None:
    """Goes to a document's own view, on the page with this chunk."""
    chunk = {} if chunk_id is None else {"chunk": str(chunk_id)}
    st.query_params.from_dict({"d": str(document_id)} | chunk)


def close_document() -> None:
    """Back to the list."""
    st.query_params.clear()


def keep_progress(news: frozenset[tuple[int, int]]) -> None:
    """Remembers what the page that is drawn now shows of files on their way."""
    st.session_state[_PROGRESS] = (news, time.monotonic())


def progress() -> tuple[frozenset[tuple[int, int]], float]:
    """What `keep_progress` kept, and how many seconds ago."""
    news, at = st.session_state.get(_PROGRESS, (frozenset(), 0.0))
    return news, time.monotonic() - at


def keep_receipt(words: str) -> None:
    """What was deleted; it stays on the page until it is put away."""
    st.session_state[_RECEIPT] = words


def receipt() -> str | None:
    words: str | None = st.session_state.get(_RECEIPT)
    return words


def put_receipt_away() -> None:
    st.session_state.pop(_RECEIPT, None)


def keep_trial(trial: Trial) -> None:
    """The test question this tab sent last."""
    st.session_state[_TRIAL] = trial


def trial() -> Trial | None:
    sent: Trial | None = st.session_state.get(_TRIAL)
    return sent


def keep_reviewed(view: tuple[str, int], answer_ids: tuple[int, ...]) -> None:
    """The answers that stay on this page of this list although somebody judged one of them."""
    st.session_state[_REVIEWED] = (view, answer_ids)


def reviewed(view: tuple[str, int]) -> tuple[int, ...]:
    """Those of this page; none when another one was looked at meanwhile."""
    kept, answer_ids = st.session_state.get(_REVIEWED, (None, ()))
    return answer_ids if kept == view else ()


def _number(name: str) -> int | None:
    """A number in the address: None when it is not there, 0 when it is none."""
    named = st.query_params.get(name)
    if named is None:
        return None
    return int(named) if named.isascii() and named.isdigit() and len(named) <= 15 else 0
