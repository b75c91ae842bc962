"""The answers to review, the most worth reading first: a row each, which opens the item."""

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from pages.review import bulk, filters, me, row, saved
from rag.house import House
from rag.review.inbox import AROUND, Listed
from store.records.inbox import ItemFilter
from ui import inbox_state, keys, problems, rows
from ui.inbox_state import Opened
from ui.words import counted

PER_PAGE = 25
NUMBER = "inbox-page"
KEYS: dict[str, tuple[keys.Act, str]] = {
    "j": ("down", ""),
    "k": ("up", ""),
    "ArrowDown": ("down", ""),
    "ArrowUp": ("up", ""),
    "o": ("in_row", '[class*="st-key-open-item-"] button'),
    "x": ("in_row", '[class*="st-key-select-"] input'),
    "/": ("focus", ".st-key-inbox-words input"),
    "?": ("click", ".st-key-inbox-keys button"),
}


def show(house: House, person: str, opened: Opened) -> None:
    with problems.in_place():
        filters.show(house, opened)
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            saved.show(house, person, opened)
            me.show(house, person)
        _show_page(house, person, opened)
    keys.listen(KEYS, key="inbox-list-keys", walks=True)


def _show_page(house: House, person: str, opened: Opened) -> None:
    offset = PER_PAGE * (opened.page - 1)
    found = house.desk.inbox.browse(person, opened.fitting, opened.order, limit=PER_PAGE, offset=offset)
    if not found.rows and opened.page > 1:  # the list has become shorter
        inbox_state.show(opened.fitting, opened.order)
        st.rerun()
    bulk.show(house, person, opened, found)
    masked = house.desk.masking.hides_from(person)
    if masked and opened.fitting.words and (waiting := house.desk.inbox.masked_words.waiting()):
        st.caption(f":material/hourglass: {counted(waiting, 'answer')} more can be searched in a while.")
    if not found.rows:
        _tell_empty(opened.fitting)
        return
    st.caption(f"{counted(found.total, 'answer')}{', personal data hidden' if masked else ''}")
    _keep_ids(house, person, opened, offset, found)
    now = datetime.now(UTC)
    rows.show(
        [row.of(one, found.names, now) for one in found.rows],
        inbox_state.selected(),
        key="inbox-rows",
        on_open=partial(inbox_state.show, opened.fitting, opened.order, opened.page),
        on_select=_select,
    )
    if found.total > PER_PAGE:
        st.session_state[NUMBER] = opened.page
        with st.container(horizontal_alignment="center"):
            st.pagination(-(-found.total // PER_PAGE), key=NUMBER, on_change=_turn, args=(opened,))


def _keep_ids(house: House, person: str, opened: Opened, offset: int, found: Listed) -> None:
    """The items around this page, so that one can go from one to the next although it left the list meanwhile."""
    view, shown = (opened.fitting, opened.order), tuple(one.id for one in found.rows)
    start, ids = inbox_state.ids(view)
    if ids[max(0, offset - start) :][: len(shown)] == shown:
        return
    start = max(0, offset - AROUND)
    around = house.desk.inbox.ids(person, *view, limit=2 * AROUND, offset=start)
    inbox_state.keep_ids(view, start, tuple(around))


def _tell_empty(fitting: ItemFilter) -> None:
    if fitting == ItemFilter():
        st.info("Nothing here yet. Every answer appears here as soon as it is finished.", icon=":material/inbox:")
    else:
        st.info("No answer fits this filter. Take a part of it away above.", icon=":material/search_off:")


def _turn(opened: Opened) -> None:
    inbox_state.show(opened.fitting, opened.order, st.session_state[NUMBER])


def _select(answer_id: int, chosen: bool) -> None:  # noqa: FBT001
    kept = tuple(one for one in inbox_state.selected() if one != answer_id)
    inbox_state.select((*kept, answer_id) if chosen else kept)
