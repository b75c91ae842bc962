"""What reviewers replied: a box under the answer, and until it is seen a notice and a mark in the history."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime

import streamlit as st

from rag.assistant import Unavailable
from rag.house import House
from store.records import ReplyRecord
from ui import markdown, state
from ui.words import ago

Replied = Mapping[int, Sequence[ReplyRecord]]  # by answer


def load(house: House, person: str, conversation_id: str | None) -> Replied:
    """The replies to the answers of the open conversation."""
    return house.desk.replies.of_conversation(person, conversation_id) if conversation_id else {}


def waiting(house: House, person: str) -> list[str]:
    """The conversations with replies that are not seen yet, the latest reply's first; not the one that is open."""
    opened = state.conversation_id()
    return [one for one in house.desk.replies.unread(person) if one != opened]


def notice(conversations: Sequence[str]) -> None:
    """Says over the page that somebody replied elsewhere."""
    slot = st.empty()  # always there: what stands below keeps its place
    if not conversations:
        return
    with slot.container(
        border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="reply-notice"
    ):
        st.markdown(":material/mark_chat_unread: A reviewer replied to what you reported.")
        st.button(
            "Read it",
            key="open-reply",
            icon=":material/arrow_forward:",
            on_click=state.open_conversation,
            args=(conversations[0],),
        )


def show(house: House, person: str, answer_id: int, replied: Replied) -> None:
    """The replies to one answer; from now on they are seen."""
    found = replied.get(answer_id, ())
    for reply in found:
        with st.container(border=True, key=f"reply-{reply.id}", gap="xsmall"):
            st.caption(f":material/forum: A reviewer replied, {ago(reply.created_at, datetime.now(UTC))}:")
            st.markdown(markdown.plain(reply.text))
    if any(reply.seen_at is None for reply in found):
        with suppress(Unavailable):  # then the notice stays until it can be noted
            house.desk.replies.seen(person, answer_id)
