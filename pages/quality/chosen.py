"""What the overview is about: a period, perhaps one prompt, writer, document or topic, and how to divide it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.quality import period
from rag import quality
from rag.house import House
from rag.quality import Choices
from store.records import Grouping, ItemFilter

PERIODS = (*quality.DAYS, 0)
DIVISIONS: dict[Grouping, str] = {
    "day": "Over time",
    "prompt": "By prompt version",
    "writer": "By writer",
    "document": "By document",
    "topic": "By topic",
}


def show(house: House) -> tuple[ItemFilter, Grouping]:
    """The answers that are wanted, and by what to divide them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        days = period.choose(PERIODS, key="quality-period")
        by = st.selectbox(
            "Divided",
            list(DIVISIONS),
            format_func=lambda one: DIVISIONS[one],
            key="quality-by",
            label_visibility="collapsed",
            width=190,
            persist_state="session",
        )
        wanted = _narrowed(house, quality.last(days))
    return wanted, by or "day"


def _narrowed(house: House, wanted: ItemFilter) -> ItemFilter:
    choices = house.desk.quality.choices()
    place = st.popover("Narrow", icon=":material/filter_alt:", key="quality-narrow")
    with place:
        wanted = replace(
            wanted,
            prompt=_one("Prompt version", "quality-prompt", _same(choices.prompts)),
            writer=_one("Writer", "quality-writer", _same(choices.writers)),
            document=_one("Document", "quality-document", choices.documents),
            topic=_one("Topic", "quality-topic", choices.topics),
        )
    told = _told(wanted, choices)
    if told:
        st.badge(told, icon=":material/filter_alt:")
    return wanted


def _told(wanted: ItemFilter, choices: Choices) -> str:
    names = [wanted.prompt, wanted.writer, dict(choices.documents).get(wanted.document or -1)]
    return " · ".join(name for name in (*names, dict(choices.topics).get(wanted.topic or -1)) if name)


def _same(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


def _one(label: str, key: str, choices: Sequence[tuple[Any, str]]) -> Any:
    names = dict(choices)
    return st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda one: names.get(one, str(one)),
        placeholder="All",
        key=key,
        persist_state="session",
    )
