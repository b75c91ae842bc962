"""Trouble, told on the page in words; details go to the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from rag import problems
from rag.assistant import NotYours, QueueFull, ShuttingDown, TooManyQuestions, Unavailable, Unreadable, kind_of
from rag.retrieval.vectors import Damaged
from rag.review.replies import BadReply
from ui import markdown

_TOLD = "_problems"
NOT_YOURS = "This conversation is not here, or it belongs to somebody else."
DAMAGED = "The search by meaning is out of order for the moment; search by words goes on. Try again in a minute."
NOT_SHOWN = "The app's memory cannot be reached right now, so this cannot be shown. It comes back by itself."
log = logging.getLogger(__name__)


@contextmanager
def told(*, in_box: bool = True) -> Iterator[None]:
    """Expected trouble inside becomes words on the page; the page goes on. For callbacks: they run before the page.

    `in_box` says whether a question that is not taken goes back into the box.
    """
    try:
        yield
    except Unavailable as error:
        log.exception("The database is not available")
        tell(problems.sentence(kind_of(error), in_box=in_box))
    except NotYours:
        tell(NOT_YOURS)
    except ShuttingDown:
        tell(problems.sentence("shutting_down", in_box=in_box))
    except QueueFull:
        tell(problems.sentence("queue_full", in_box=in_box))
    except TooManyQuestions as limit:
        tell(problems.sentence("too_many_questions", in_box=in_box, retry_after_s=limit.retry_after_s))
    except (Unreadable, BadReply) as trouble:
        tell(str(trouble))
    except Damaged:
        log.exception("The vector index does not answer")
        tell(DAMAGED)


@contextmanager
def in_place() -> Iterator[None]:
    """A part of a page that needs the database: without it, words stand in its place and the page goes on."""
    try:
        yield
    except Unavailable as error:
        log.warning("A part of the page cannot be shown: %s", error)
        st.warning(NOT_SHOWN, icon=":material/cloud_off:")


def tell(words: str) -> None:
    """Says this on the page that is drawn next."""
    st.session_state.setdefault(_TOLD, []).append(words)


def show() -> None:
    """Says what there is to say, once."""
    with st.container():  # always there: what stands below stays in its place, and on its way
        for words in dict.fromkeys(st.session_state.pop(_TOLD, [])):
            st.error(markdown.plain(words), icon=":material/error:")


def show_bug(error: Exception) -> bool:
    """The last resort for a script that broke: words instead of a traceback."""
    if isinstance(error, Unavailable):
        log.error("The database is not available: %s", error)
        words = "The app's memory cannot be reached right now. Nothing that was saved is lost; reload in a moment."
    else:
        log.error("A page broke", exc_info=error)
        words = "Something went wrong on this page. What was saved is kept; reload to go on."
    st.error(words, icon=":material/error:")
    return True
