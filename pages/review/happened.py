"""The history of an item: who did what, the latest first."""

from datetime import UTC, datetime

import streamlit as st

from rag.review.acts import STATUS_WORDS
from rag.review.item import Item
from rag.review.people import Names
from store.records.inbox import EventRecord
from ui import markdown
from ui.words import ago

SHOWN = 30
APP = "The app"
_WORDS = {
    "reply": "replied to the reader",
    "approved": "approved text",
    "case": "test case",
    "example": "example",
    "verified": "verified answer",
    "task": "document task",
}


def show(item: Item) -> None:
    if not item.events:
        return
    now = datetime.now(UTC)
    st.markdown("**History**")
    lines = []
    for event in item.events[: -SHOWN - 1 : -1]:
        by_itself = event.actor is None and (event.kind == "reopened" or event.detail.startswith("expired"))
        who = markdown.plain(APP if by_itself else item.names.of(event.actor))
        when = markdown.plain(ago(event.created_at, now))
        lines.append(f":small[**{who}** {markdown.plain(told(event, item.names))} :gray[{when}]]")
    with st.container(key="item-history", gap="xsmall"):
        st.markdown("\n\n".join(lines))
        if len(item.events) > SHOWN:
            st.caption(f"and {len(item.events) - SHOWN:,} before that")


def told(event: EventRecord, names: Names) -> str:
    """An event in words."""
    before, _, after = event.detail.partition(">")
    match event.kind:
        case "status":
            words = {str(key): word for key, word in STATUS_WORDS.items()}
            return f"set it from {words.get(before, before)} to {words.get(after, after)}"
        case "assignee":
            return f"gave it to {names.of(after)}" if after else f"took it from {names.of(before)}"
        case "tag":
            return f"{'tagged it' if event.detail[:1] == '+' else 'took away the tag'} {event.detail[1:]}"
        case "reopened":
            words = {str(key): word for key, word in STATUS_WORDS.items()}
            return f"set it from {words.get(before, before)} back to {STATUS_WORDS['new']}: its reader {after}"
        case "note":
            return f"noted: {event.detail}"
    known = _WORDS.get(event.kind, event.kind.replace("_", " "))
    return f"{known}: {event.detail}" if event.detail else known
