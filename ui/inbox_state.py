"""What a tab remembers of the inbox. The address says which list or item is open, so that a link opens the same."""

from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import streamlit as st

from rag.review import wanted
from rag.review.acts import Done
from store.records.inbox import ItemFilter, ItemOrder

VIEW = "review-view"
ANSWERS = "Answers"
REVIEW = Path(__file__).resolve().parent.parent / "pages" / "review" / "page.py"
_ADDRESS = "_inbox"
_IDS = "_inbox_ids"
_SELECTED = "_inbox_selected"
_DONE = "_inbox_done"
_UNFOLDED = "_inbox_unfolded"
_ITEM, _PAGE = "item", "p"


@dataclass(frozen=True, slots=True)
class Opened:
    """Which part of the inbox is open; `item` is an answer's id, 0 for an address that makes no sense."""

    fitting: ItemFilter
    order: ItemOrder = "worth"
    page: int = 1
    item: int | None = None


def open_inbox(fitting: ItemFilter, order: ItemOrder = "worth") -> NoReturn:
    """Goes to the Review page with this list; from any page's script, not from a callback."""
    st.session_state[VIEW] = ANSWERS
    st.switch_page(REVIEW, query_params=wanted.address(fitting, order))


def opened() -> Opened:
    """What the address names; the list this tab had open before, if it names nothing."""
    said = st.query_params.to_dict()
    if not said and (before := st.session_state.get(_ADDRESS)):
        said = before
        st.query_params.from_dict(said)
    st.session_state[_ADDRESS] = {name: value for name, value in said.items() if name != _ITEM}
    fitting, order = wanted.read(said)
    item = _number(said[_ITEM]) if _ITEM in said else None
    return Opened(fitting, order, max(1, _number(said.get(_PAGE, "1"))), item)


def show(fitting: ItemFilter, order: ItemOrder, page: int = 1, item: int | None = None) -> None:
    """Makes this what the address names."""
    said = wanted.address(fitting, order)
    said |= ({_PAGE: str(page)} if page > 1 else {}) | ({_ITEM: str(item)} if item is not None else {})
    st.session_state[_ADDRESS] = {name: value for name, value in said.items() if name != _ITEM}
    st.query_params.from_dict(said)


def filter_by(fitting: ItemFilter, order: ItemOrder) -> None:
    """Another list: from its beginning, nothing selected."""
    select(())
    show(fitting, order)


def keep_ids(view: tuple[ItemFilter, ItemOrder], start: int, ids: tuple[int, ...]) -> None:
    """The items of the list as they stood, from that place on: so that the next one is the next one that was seen."""
    st.session_state[_IDS] = (view, start, ids)


def ids(view: tuple[ItemFilter, ItemOrder]) -> tuple[int, tuple[int, ...]]:
    """Their first place in the list, and the items; none of another list."""
    kept, start, found = st.session_state.get(_IDS, (None, 0, ()))
    return (start, found) if kept == view else (0, ())


def selected() -> tuple[int, ...]:
    """The items that are selected, to be changed together."""
    found: tuple[int, ...] = st.session_state.get(_SELECTED, ())
    return found


def select(answer_ids: tuple[int, ...]) -> None:
    st.session_state[_SELECTED] = answer_ids


def keep_done(words: str, done: Done) -> None:
    """What was done to many items, until it is undone or put away."""
    st.session_state[_DONE] = (words, done)


def done() -> tuple[str, Done] | None:
    kept: tuple[str, Done] | None = st.session_state.get(_DONE)
    return kept


def put_done_away() -> None:
    st.session_state.pop(_DONE, None)


def is_unfolded(key: str, *, now: bool) -> bool:
    """Whether a part of an item is open, or was before in this tab."""
    before: set[str] = st.session_state.setdefault(_UNFOLDED, set())
    if now:
        before.add(key)
    return key in before


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 15 else 0


def open_item(answer_id: int) -> None:
    """Goes to an item, from wherever on the Review page; for callbacks."""
    st.session_state[VIEW] = ANSWERS
    show(ItemFilter(), "worth", item=answer_id)
