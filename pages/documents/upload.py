"""Adding files, by button or by dropping them."""

import logging

import streamlit as st

from rag.assistant import Unreadable
from rag.house import House
from rag.ingest.extract import SUPPORTED
from ui import markdown, problems, upload_state

TAGS = "upload-tags"
LINGERING = 2  # boxes
log = logging.getLogger(__name__)


def show(house: House) -> None:
    with st.container(key="upload", gap="xsmall"):
        # A new box after each batch, so that it stands empty. Those before stay for a while, unseen (ui/style.py): what
        # was chosen in one of them just before it left is still on its way.
        latest = upload_state.latest_round()
        for number in range(max(0, latest - LINGERING), latest + 1):
            _show_box(house, number)
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


def _show_box(house: House, number: int) -> None:
    key = f"upload-box-{number}"
    st.file_uploader(
        "Add documents",
        accept_multiple_files=True,
        key=key,
        help="As many as you like. Each can be searched as soon as it is read.",
        on_change=_add,
        args=(house, key, number),
    )


def _add(house: House, key: str, number: int) -> None:
    tags = st.session_state.get(TAGS) or ()
    for file in st.session_state[key] or []:
        if not upload_state.take_file(file.file_id):
            continue
        with problems.told():
            try:
                entry = house.library.add(file.name, file.getvalue(), added_by="upload", tags=tags)
                upload_state.keep_uploads((*upload_state.uploads(), entry))
            except Unreadable as trouble:
                problems.tell(str(trouble))
            except OSError:
                log.exception("%s could not be kept", file.name)
                problems.tell(
                    f"{file.name} could not be kept: the app's disk is full or cannot be written. "
                    "What was there before is untouched; add it again when there is room."
                )
    if number == upload_state.latest_round():
        upload_state.next_round()
