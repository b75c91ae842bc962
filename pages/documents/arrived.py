"""What became of the files that this tab added, until it is put away."""

from collections.abc import Sequence

import streamlit as st

from pages.documents import stages
from rag.house import House
from store.records import EntryRecord
from ui import markdown, upload_state
from ui.words import counted

LISTED = 5  # outcomes told one by one
_QUIET = ("queued", "reading", "splitting", "failed")  # told elsewhere


def show(house: House) -> None:
    arrived = [entry for entry in house.library.progress(upload_state.uploads()) if entry.state not in _QUIET]
    told = [*_held(house, arrived), *(outcome for entry in arrived if (outcome := _outcome(entry)))]
    ready = sum(1 for entry in arrived if entry.state == "done" and not entry.notice)
    if ready:
        told.append(f"{counted(ready, 'file')} {'is' if ready == 1 else 'are'} in the library, vectors and all.")
    if not told:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="arrived"):
        st.success(_lines(told), icon=":material/check:")
        st.button("Close", key="close-arrived", type="tertiary", icon=":material/close:", on_click=_put_away)


def _outcome(entry: EntryRecord) -> str | None:
    """A sentence about what is not plain; nothing about a file that simply is in the library."""
    name = stages.name(entry)
    if entry.state == "known":
        return f"{name} is in the library already."
    if entry.state == "cancelled":
        return f"{name} was left out, as you wished."
    if entry.notice and entry.notice.startswith("version "):
        version = entry.notice.removeprefix("version ")
        return f"{name} is version {version} now; it replaces version {int(version) - 1}."
    return f"{name}: {entry.notice.rstrip('.')}." if entry.notice else None


def _held(house: House, arrived: Sequence[EntryRecord]) -> list[str]:
    held = house.catalogue.held_in([entry.document_id for entry in arrived if entry.document_id])
    return [
        f"{stages.name(entry)}: {counted(held[entry.document_id], 'chunk')} held back, "
        "because it reads like orders to an AI. Open the document to release or remove it."
        for entry in arrived
        if entry.document_id in held
    ]


def _lines(told: Sequence[str]) -> str:
    more = [f"… and {len(told) - LISTED:,} more."] if len(told) > LISTED else []
    return markdown.plain("\n".join([*told[:LISTED], *more]))


def _put_away() -> None:
    upload_state.keep_uploads(())
