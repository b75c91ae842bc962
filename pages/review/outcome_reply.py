"""A reply to whoever reported something: they see it in the chat, under the answer."""

import streamlit as st

from rag.house import House
from rag.review.replies import LONGEST, BadReply
from ui import folded, markdown, problems


def show(house: House, person: str, answer_id: int) -> None:
    sent = house.desk.replies.of_answers([answer_id]).get(answer_id, ())
    icon = ":material/check_circle:" if sent else ":material/radio_button_unchecked:"
    part = folded.part("Reply to the reader", icon=icon, key=f"made-reply-{answer_id}")
    if part is None:
        return
    with part:
        for reply in sent:
            seen = "seen" if reply.seen_at else "not seen yet"
            st.caption(f"{reply.created_at:%d %b %Y, %H:%M} UTC, {seen}")
            st.markdown(markdown.plain(reply.text))
        with st.form(f"reply-{answer_id}", border=False):
            st.text_area(
                "What you want to tell them",
                key=f"reply-text-{answer_id}",
                height=90,
                max_chars=LONGEST,
                placeholder="They see it under the answer, without your name",
            )
            st.form_submit_button(
                "Send",
                key=f"reply-go-{answer_id}",
                icon=":material/send:",
                on_click=_send,
                args=(house, person, answer_id),
            )


def _send(house: House, person: str, answer_id: int) -> None:
    key = f"reply-text-{answer_id}"
    with problems.told():
        try:
            house.desk.replies.send(answer_id, st.session_state[key], by=person)
        except BadReply as why:
            problems.tell(str(why))
            return
        st.session_state[key] = ""
        st.toast("The reader sees it in the chat.", icon=":material/send:")
