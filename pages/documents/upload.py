"""Adding files, by button or by dropping them."""

import logging

import streamlit as st

from rag.assistant import Unreadable
from rag.house import House
from rag.ingest.extract import SUPPORTED
from ui import markdown, problems, state

TAGS = "upload-tags"
log = logging.getLogger(__name__)


def show(house: House) -> None:
    # A new key after each batch empties the box, so that no file is added twice by the next run of the script.
    key = f"upload-{state.upload_round()}"
    with st.container(key="upload", gap="xsmall"):
        st.file_uploader(
            "Add documents",
            accept_multiple_files=True,
            key=key,
            help="As many as you like. Each can be searched as soon as it is read.",
            on_change=_add,
            args=(house, key),
        )
        kinds = ", ".join(sorted(suffix.lstrip(".") for suffix in SUPPORTED))
        st.caption(
            f"Up to {house.library.max_bytes // 1_000_000} MB each: {markdown.plain(kinds)}. "
            "A file with the name of one in the library becomes its new version."
        )
        st.multiselect(
            "Tags for the files you add next",
            list(house.catalogue.tags()),
            key=TAGS,
            accept_new_options=True,
            placeholder="Optional: choose, or type a new one",
            persist_state="session",
        )


def _add(house: House, key: str) -> None:
    tags = st.session_state.get(TAGS) or ()
    for file in st.session_state[key] or []:
        with problems.told():
            try:
                entry = house.library.add(file.name, file.getvalue(), added_by="upload", tags=tags)
                state.keep_uploads((*state.uploads(), entry))
            except Unreadable as trouble:
                problems.tell(str(trouble))
            except OSError:
                log.exception("%s could not be kept", file.name)
                problems.tell(
                    f"{file.name} could not be kept: the app's disk is full or cannot be written. "
                    "What was there before is untouched; add it again when there is room."
                )
    state.next_upload_round()
