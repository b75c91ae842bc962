"""One row of the list: the question, the first words of its answer, and what there is to know of it at a glance."""

from datetime import datetime

import streamlit as st

from pages.review import said
from rag.review.people import Names
from store.records.inbox import ItemRow
from ui import inbox_state, markdown
from ui.inbox_state import Opened
from ui.words import ago

NO_WORDS = "(no words)"


def show(row: ItemRow, opened: Opened, names: Names, now: datetime, *, is_selected: bool) -> None:
    with st.container(key=f"item-row-{row.id}", horizontal=True, gap="small"):
        st.session_state[f"select-{row.id}"] = is_selected
        st.checkbox(
            f"Select: {row.question[:60]}",
            key=f"select-{row.id}",
            label_visibility="collapsed",
            on_change=_select,
            args=(row.id,),
        )
        with st.container(gap=None, key=f"item-words-{row.id}"):
            st.button(
                markdown.plain(row.question or NO_WORDS),
                key=f"open-item-{row.id}",
                type="tertiary",
                width="stretch",
                on_click=inbox_state.show,
                args=(opened.fitting, opened.order, opened.page, row.id),
            )
            st.caption(markdown.plain(row.answer or NO_WORDS))
            st.markdown(f":small[{_facts(row, names, now)}]")


def _facts(row: ItemRow, names: Names, now: datetime) -> str:
    who = f" {markdown.plain(names.of(row.assignee))}" if row.assignee else ""
    when = ago(row.created_at, now)
    plain = f":gray[{markdown.plain(' · '.join(filter(None, (row.writer, when))))}]"
    return " ".join(filter(None, (said.status(row.status), who and f":material/person:{who}", said.badges(row), plain)))


def _select(answer_id: int) -> None:
    kept = inbox_state.selected()
    chosen = st.session_state[f"select-{answer_id}"]
    inbox_state.select((*(one for one in kept if one != answer_id), *((answer_id,) if chosen else ())))
