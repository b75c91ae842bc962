"""Files on their way in, and those that could not be read. It draws itself anew while there is something to see."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.documents import arrived, stages
from rag.house import House
from store.records import EntryRecord
from ui import markdown, problems, state
from ui.words import about

TICK_S = 0.5
REDRAW_S = 1.0  # the whole page, at most that often
SEPARATE = 4  # files with a bar each; more share one
LISTED = 20  # of those that share one
FAILED = 5  # shown one by one; the others when asked for


def show(house: House) -> None:
    unfinished = house.library.unfinished()
    state.keep_progress(_news(unfinished))
    st.fragment(_show, run_every=TICK_S if unfinished else None)(house)


def _show(house: House) -> None:
    unfinished = house.library.unfinished()
    with st.container(key="progress"):
        if len(unfinished) > SEPARATE:
            _show_together(house, unfinished)
        else:
            _show_each(house, unfinished)
        _show_failed(house, house.library.failed())
        arrived.show(house)
    drawn, seconds_ago = state.progress()
    if _news(unfinished) != drawn and (not unfinished or seconds_ago > REDRAW_S):
        st.rerun()  # the list of documents has something new to show


def _news(unfinished: Sequence[EntryRecord]) -> frozenset[tuple[int, int]]:
    """What the list of documents shows of these files: whether they are searchable, and tenths of their vectors."""
    return frozenset(
        (entry.id, 10 * entry.embedded // max(1, entry.chunks) if entry.state == "embedding" else -1)
        for entry in unfinished
    )


def _show_each(house: House, unfinished: Sequence[EntryRecord]) -> None:
    meaning = house.warmup.states()["meaning"]
    for entry in unfinished:
        said = stages.stage(entry, chunks_per_s=house.worker.indexing.chunks_per_s, meaning=meaning)
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"entry-{entry.id}"):
            st.progress(stages.share(entry), text=f"{markdown.plain(stages.name(entry))} – {said}")
            if stages.can_cancel(entry):
                _button(house, "Cancel", ":material/close:", f"cancel-{entry.id}", [entry])


def _show_together(house: House, unfinished: Sequence[EntryRecord]) -> None:
    unread = sum(1 for entry in unfinished if entry.state != "embedding")
    words = f"{len(unfinished):,} files on their way in"
    words += f", {unread:,} still to be read" if unread else ", all searchable by words – vectors follow"
    if not unread and (speed := house.worker.indexing.chunks_per_s):
        words += f", {about(max(entry.ahead for entry in unfinished) / speed)} left"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.progress(sum(map(stages.share, unfinished)) / len(unfinished), text=words)
        cancellable = [entry for entry in unfinished if stages.can_cancel(entry)]
        _button(house, "Cancel all", ":material/close:", "cancel-all", cancellable)
    with st.expander("Each file"):
        _show_each(house, unfinished[:LISTED])
        if len(unfinished) > LISTED:
            st.caption(f"and {len(unfinished) - LISTED:,} more")


def _show_failed(house: House, failed: Sequence[EntryRecord]) -> None:
    for entry in failed[:FAILED]:
        _show_failure(house, entry)
    if len(failed) > FAILED:
        with st.expander(f"{len(failed) - FAILED:,} more files could not be read", icon=":material/error:"):
            for entry in failed[FAILED : FAILED + LISTED]:
                _show_failure(house, entry)
    if len(failed) > 1:
        with st.container(horizontal=True, horizontal_alignment="right"):
            _button(house, "Retry all", ":material/refresh:", "retry-all", failed)
            _button(house, "Dismiss all", ":material/close:", "dismiss-all", failed)


def _show_failure(house: House, entry: EntryRecord) -> None:
    with st.container(key=f"failed-{entry.id}", gap="xsmall"):
        st.error(markdown.plain(entry.problem or f"{entry.name} could not be read."), icon=":material/error:")
        with st.container(horizontal=True, horizontal_alignment="right"):
            _button(house, "Retry", ":material/refresh:", f"retry-{entry.id}", [entry])
            _button(house, "Dismiss", ":material/close:", f"dismiss-{entry.id}", [entry])


def _button(house: House, label: str, icon: str, key: str, entries: Sequence[EntryRecord]) -> None:
    """A button that does this to these files; its first word says what."""
    deeds = {"Cancel": house.library.cancel, "Retry": house.library.retry, "Dismiss": house.library.dismiss}
    args = (deeds[label.split()[0]], [entry.id for entry in entries])
    st.button(label, key=key, type="tertiary", icon=icon, on_click=_do, args=args)


def _do(deed: Callable[[int], None], entry_ids: Sequence[int]) -> None:
    for entry_id in entry_ids:
        with problems.told():
            deed(entry_id)
