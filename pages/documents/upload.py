"""Adding files, by button or by dropping them."""

import streamlit as st

from rag.assistant import Unreadable
from rag.ingest.extract import SUPPORTED
from rag.ingest.library import Library
from ui import markdown, problems

_ROUND = "_upload_round"


def show(library: Library) -> None:
    # A new key after each batch empties the box, so that no file is added twice by the next run of the script.
    key = f"upload-{st.session_state.get(_ROUND, 0)}"
    with st.container(key="upload"):
        st.file_uploader(
            "Add documents",
            accept_multiple_files=True,
            key=key,
            help="Text, web pages, Word, Excel and PDF files. Each can be searched as soon as it is read.",
            on_change=_add,
            args=(library, key),
        )
        kinds = ", ".join(sorted(suffix.lstrip(".") for suffix in SUPPORTED))
        st.caption(f"Up to {library.max_bytes // 1_000_000} MB each: {markdown.plain(kinds)}.")


def _add(library: Library, key: str) -> None:
    for file in st.session_state[key] or []:
        with problems.told():
            try:
                known = library.add(file.name, file.getvalue(), added_by="upload")
            except Unreadable as trouble:
                problems.tell(str(trouble))
            else:
                _say_if_known(library, known, file.name)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _say_if_known(library: Library, entry_id: int, name: str) -> None:
    for entry in library.progress([entry_id]):
        if entry.state == "known":
            st.toast(f"{markdown.plain(name)} is in the library already.", icon=":material/check:")
