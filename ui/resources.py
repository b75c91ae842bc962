"""What all pages share: the house, built once. The only st.cache_resource."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from rag import bootstrap, logs
from rag.assistant import Assistant, Unavailable
from rag.house import House
from rag.settings import load

# Heavy imports take every other moment of the interpreter: the first page goes before them.
HEAD_START_S = 4.0
_away = threading.Event()  # the database did not answer when it was last asked
log = logging.getLogger(__name__)


@st.cache_resource(show_spinner=False)
def house() -> House:
    """The house of this process. Raises BadSettings, store.engine.Unavailable, OSError."""
    settings = load()
    logs.set_up(settings.log_level)
    return bootstrap.build(settings)


def assistant() -> Assistant:
    return house().assistant


def warm_up() -> None:
    """Begins to load the heavy parts, now that a page is drawn."""
    house().warmup.start()


@contextmanager
def opened() -> Iterator[House]:
    """The house from the server's start to its end."""
    built = house()
    if built.settings.documents.samples:
        built.load_samples()
    built.start(after_s=HEAD_START_S)
    try:
        yield built
    finally:
        built.close()


def readiness() -> dict[str, Any]:
    """Whether questions are answered, and the state of each part."""
    built = house()
    try:
        built.database.check()
    except Unavailable as trouble:
        if not _away.is_set():  # not at every poll
            log.error("Not ready until the database answers: %s", trouble)
        _away.set()
        return {"ready": False, "database": "unavailable", **built.warmup.states()}
    if _away.is_set():
        log.info("The database answers again")
        _away.clear()
    if built.closing:
        return {"ready": False, "database": "ready", "closing": True, **built.warmup.states()}
    return {"ready": True, "database": "ready", **built.warmup.states()}
