"""Which answers to list, and in which order. What is chosen stands in the address, and as chips above the list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from pages.review.said import CONFLICTS, SIGNALS
from rag.house import House
from rag.review.acts import STATUS_WORDS
from rag.review.people import visitor
from store.records.inbox import ItemChoice, ItemFilter, ItemOptions, ItemOrder
from ui import inbox_state, markdown, words
from ui.inbox_state import Opened

ORDERS: Mapping[ItemOrder, str] = {
    "worth": "Most worth reading",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "support": "Least supported",
    "slowest": "Slowest first",
    "dearest": "Dearest first",
}
RATINGS: Mapping[Any, str] = {-1: "Thumbs down", 1: "Thumbs up", 0: "Not rated"}
SUPPORT: Mapping[Any, str] = {"unsupported": "Has unsupported", "weak": "Has weak", "supported": "All supported"}
YES_NO: Mapping[Any, str] = {True: "Yes", False: "No"}
_LONGEST = 40  # characters of a chip's value


@dataclass(frozen=True, slots=True)
class Field:
    """Something to filter by: how it is called, and its fixed values with their words, if it has such."""

    name: str
    label: str
    values: Mapping[Any, str] | None = None
    words: Callable[[str], str] = str  # of a value that is counted in the inbox


FIELDS = (
    Field("status", "Status", STATUS_WORDS),
    Field("rating", "Rating", RATINGS),
    Field("corrected", "Corrected", YES_NO),
    Field("reason", "Reason"),
    Field("signal", "What readers did", words=lambda one: SIGNALS.get(one, one)),
    Field("support", "Support", SUPPORT),
    Field("guard", "Guard"),
    Field("conflict", "Doubtful sources", words=lambda one: CONFLICTS.get(one, one)),
    Field("state", "Outcome", words=lambda one: words.STATES.get(one, one)),
    Field("resolved", "Resolved", YES_NO),
    Field("appealed", "Appealed", YES_NO),
    Field("writer", "Writer"),
    Field("prompt", "Prompt"),
    Field("document", "Document"),
    Field("topic", "Topic"),
    Field("tag", "Tag"),
    Field("assignee", "Assignee", words=visitor),
)
NUMBERS = ("document", "topic")


def show(house: House, opened: Opened, *, in_order: bool = True) -> None:
    """`in_order`: the order can be chosen, too."""
    options = house.desk.inbox.options()
    with st.container(horizontal=True, vertical_alignment="center", key="inbox-filters"):
        st.session_state["inbox-words"] = opened.fitting.words
        st.text_input(
            "Search question, answer, comment and correction",
            key="inbox-words",
            placeholder="Search question, answer, comment",
            label_visibility="collapsed",
            icon=":material/search:",
            max_chars=200,
            width=280,
            on_change=_search,
            args=(opened,),
        )
        _popover(options, opened)
        if in_order:
            _show_order(opened)
    _chips(options, opened)


def _show_order(opened: Opened) -> None:
    st.session_state["inbox-order"] = opened.order
    st.selectbox(
        "Order",
        list(ORDERS),
        key="inbox-order",
        format_func=ORDERS.__getitem__,
        label_visibility="collapsed",
        width=190,
        on_change=_order,
        args=(opened,),
    )


def told(fitting: ItemFilter, options: ItemOptions) -> dict[str, str]:
    """What is asked for, in words, by the name of its field."""
    said = {
        field.name: f"{field.label}: {_words(field, value, options)}"
        for field in FIELDS
        if (value := getattr(fitting, field.name)) is not None
    }
    for name, word in (("since", "From"), ("until", "Until")):
        day: date | None = getattr(fitting, name)
        if day:
            said[name] = f"{word} {day.isoformat()}"
    return said | ({"words": f"“{fitting.words}”"} if fitting.words else {})


def _popover(options: ItemOptions, opened: Opened) -> None:
    many = len(told(opened.fitting, options))
    with (
        st.popover(f"Filter ({many})" if many else "Filter", icon=":material/filter_alt:", key="inbox-filter"),
        st.grid(3, min_column_width=150, gap="small", key="inbox-filter-fields"),
    ):
        for field in FIELDS:
            _choice(field, options, opened)
        for name, label in (("since", "From (UTC)"), ("until", "Until (UTC)")):
            st.session_state[f"inbox-{name}"] = getattr(opened.fitting, name)
            st.date_input(label, value=None, key=f"inbox-{name}", on_change=_choose, args=(name, opened))


def _choice(field: Field, options: ItemOptions, opened: Opened) -> None:
    value, key = getattr(opened.fitting, field.name), f"inbox-{field.name}"
    counted: tuple[ItemChoice, ...] = () if field.values else getattr(options, field.name)
    known: list[Any] = list(field.values or ())
    known += [int(one.value) if field.name in NUMBERS else one.value for one in counted]
    if value is not None and value not in known:
        known.append(value)
    many = {one.value: one.count for one in counted}
    st.session_state[key] = value

    def named(one: Any) -> str:
        words = _words(field, one, options)
        return f"{words} ({many[str(one)]:,})" if str(one) in many else words

    st.selectbox(
        field.label,
        known,
        index=None,
        key=key,
        format_func=named,
        placeholder="Any",
        on_change=_choose,
        args=(field.name, opened),
    )


def _words(field: Field, value: Any, options: ItemOptions) -> str:
    if field.values:
        return field.values[value]
    choices: tuple[ItemChoice, ...] = getattr(options, field.name)
    named = next((one.name for one in choices if one.value == str(value)), "")
    return field.words(str(value)) if named in ("", str(value)) else named


def _chips(options: ItemOptions, opened: Opened) -> None:
    said = told(opened.fitting, options)
    if not said:
        return
    with st.container(horizontal=True, gap="xsmall", key="inbox-chips"):
        for name, words in said.items():
            short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
            st.button(
                markdown.plain(short),
                key=f"chip-{name}",
                icon=":material/close:",
                help="Take this filter away",
                on_click=_drop,
                args=(name, opened),
            )
        if len(said) > 1:
            st.button("Clear all", key="chips-clear", type="tertiary", on_click=_clear, args=(opened,))


def _search(opened: Opened) -> None:
    words = " ".join((st.session_state["inbox-words"] or "").split())
    inbox_state.filter_by(replace(opened.fitting, words=words), opened.order)


def _order(opened: Opened) -> None:
    inbox_state.filter_by(opened.fitting, st.session_state["inbox-order"])


def _choose(name: str, opened: Opened) -> None:
    changed: dict[str, Any] = {name: st.session_state[f"inbox-{name}"]}
    inbox_state.filter_by(replace(opened.fitting, **changed), opened.order)


def _drop(name: str, opened: Opened) -> None:
    changed: dict[str, Any] = {name: "" if name == "words" else None}
    inbox_state.filter_by(replace(opened.fitting, **changed), opened.order)


def _clear(opened: Opened) -> None:
    inbox_state.filter_by(ItemFilter(), opened.order)
