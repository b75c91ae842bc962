"""The sidebar: this person's conversations, to begin, open, search, rename and delete."""

from collections.abc import Collection

import streamlit as st

from rag.assistant import Assistant
from store.records import ConversationRecord
from ui import markdown, problems, state


def show(assistant: Assistant, person: str, *, replied: Collection[str] = ()) -> None:
    """`replied`: the conversations in which a reviewer replied, to be marked."""
    opened = state.conversation_id()
    with st.sidebar, st.container(key="history"):
        st.button(
            "New conversation",
            key="new-conversation",
            icon=":material/add:",
            width="stretch",
            on_click=state.open_conversation,
            args=(None,),
        )
        wanted = st.text_input(
            "Search conversations", key="history-search", placeholder="Search", label_visibility="collapsed"
        )
        found = assistant.history(person, wanted or "")
        if not found:
            st.caption("Nothing found." if wanted else "Your conversations will stand here.")
        for conversation in found:
            icon = ":material/mark_chat_unread:" if conversation.id in replied else None
            _row(assistant, person, conversation, icon, is_open=conversation.id == opened)


def _row(
    assistant: Assistant, person: str, conversation: ConversationRecord, icon: str | None, *, is_open: bool
) -> None:
    st.button(
        markdown.plain(conversation.title),
        key=f"conversation-{conversation.id}",
        type="secondary" if is_open else "tertiary",
        icon=icon,
        width="stretch",
        wrap=False,
        on_click=state.open_conversation,
        args=(conversation.id,),
    )
    if is_open:
        with st.container(horizontal=True, key="conversation-actions"):
            _rename(assistant, person, conversation)
            _delete(assistant, person, conversation)


def _rename(assistant: Assistant, person: str, conversation: ConversationRecord) -> None:
    with st.popover("Rename", icon=":material/edit:", type="tertiary"):
        st.text_input(
            "Title",
            value=conversation.title,
            key=f"title-{conversation.id}",
            max_chars=60,
            on_change=_store_title,
            args=(assistant, person, conversation.id),
        )


def _delete(assistant: Assistant, person: str, conversation: ConversationRecord) -> None:
    with st.popover("Delete", icon=":material/delete:", type="tertiary"):
        st.markdown("The questions, answers and ratings of this conversation are deleted for good.")
        st.button(
            "Delete it",
            key=f"delete-{conversation.id}",
            type="primary",
            on_click=_forget,
            args=(assistant, person, conversation.id),
        )


def _store_title(assistant: Assistant, person: str, conversation_id: str) -> None:
    with problems.told():
        assistant.rename(person, conversation_id, st.session_state[f"title-{conversation_id}"])


def _forget(assistant: Assistant, person: str, conversation_id: str) -> None:
    with problems.told():
        assistant.forget(person, conversation_id)
        state.open_conversation(None)
