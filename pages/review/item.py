"""One answer with all there is to know of it, under an address of its own; beside it what reviewers make of it."""

import streamlit as st

from pages.chat import sources
from pages.review import evidence, handling, happened, me, outcomes, talk
from rag.house import House
from rag.review.inbox import AROUND, window
from rag.review.item import Item
from ui import inbox_state, keys, problems
from ui.inbox_state import Opened

GONE = "No answer is here. If its conversation was deleted, all that was said about it went with it."
KEYS: dict[str, tuple[keys.Act, str]] = {
    "j": ("click", ".st-key-item-next button"),
    "k": ("click", ".st-key-item-before button"),
    "u": ("click", ".st-key-item-back button"),
    "s": ("focus", ".st-key-item-status button"),
    "i": ("click", ".st-key-item-status button:nth-of-type(2)"),
    "f": ("click", ".st-key-item-status button:nth-of-type(3)"),
    "w": ("click", ".st-key-item-status button:nth-of-type(4)"),
    "a": ("click", ".st-key-item-mine button"),
    "t": ("focus", ".st-key-item-tags input"),
    "n": ("focus", ".st-key-item-note textarea"),
    "?": ("click", ".st-key-inbox-keys button"),
}


def show(house: House, person: str, opened: Opened, answer_id: int) -> None:
    with problems.in_place():
        found = house.desk.inbox.item(person, answer_id)
        _navigate(house, person, opened, answer_id)
        if found is None:
            st.info(GONE, icon=":material/delete:")
        else:
            _show(house, person, found)
    keys.listen(KEYS, key="inbox-item-keys")


def _show(house: House, person: str, item: Item) -> None:
    read, act = st.columns([9, 5], gap="medium")
    with read:
        if item.masked:
            st.caption(":material/visibility_off: Personal data is hidden. That you looked is noted in the log.")
        else:
            st.caption(":material/visibility: That you looked is noted in the log.")
        talk.show(house, item)
        evidence.show(item)
    with act:
        handling.show(house, person, item)
        outcomes.show(house, person, item.row.id)
        happened.show(item)
    sources.show(house.assistant, item.asked)


def _navigate(house: House, person: str, opened: Opened, answer_id: int) -> None:
    before, behind = window(_ids(house, person, opened, answer_id), answer_id)
    view = (opened.fitting, opened.order)
    with st.container(horizontal=True, vertical_alignment="center", key="item-ways"):
        st.button(
            "All answers",
            key="item-back",
            icon=":material/arrow_back:",
            on_click=inbox_state.show,
            args=(*view, opened.page),
        )
        for label, key, icon, to in (
            ("Before", "item-before", ":material/keyboard_arrow_up:", before),
            ("Next", "item-next", ":material/keyboard_arrow_down:", behind),
        ):
            st.button(
                label,
                key=key,
                icon=icon,
                type="tertiary",
                disabled=to is None,
                on_click=inbox_state.show,
                args=(*view, opened.page, to),
            )
        me.show_keys(me.ITEM_KEYS)


def _ids(house: House, person: str, opened: Opened, answer_id: int) -> tuple[int, ...]:
    """The list it was opened from, as it stood then; more of it at the end of what was kept, and all after a link."""
    view = (opened.fitting, opened.order)
    start, kept = inbox_state.ids(view)
    if answer_id in kept[:-1] or (answer_id in kept and len(kept) < 2 * AROUND):
        return kept
    start = max(0, start + kept.index(answer_id) - AROUND) if answer_id in kept else 0
    found = tuple(house.desk.inbox.ids(person, *view, limit=2 * AROUND, offset=start))
    if answer_id in found:
        inbox_state.keep_ids(view, start, found)
        return found
    return kept if answer_id in kept else (answer_id, *found)
