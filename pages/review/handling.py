"""What reviewers make of an item: its status, who takes it, tags and notes. Every click is stored at once."""

import streamlit as st

from rag.house import House
from rag.review.acts import LONGEST_NOTE, STATUS_WORDS, BadWords, Done
from rag.review.item import Item
from store.records.inbox import ItemAct
from ui import problems

NOBODY = "Nobody"


def show(house: House, person: str, item: Item) -> None:
    of = (house, person, item.row.id, item.latest)
    st.session_state["item-status"] = item.row.status  # also when somebody else changed it
    st.segmented_control(
        "Status",
        list(STATUS_WORDS),
        key="item-status",
        format_func=STATUS_WORDS.__getitem__,
        required=True,
        wrap=True,
        on_change=_status,
        args=of,
    )
    _assignee(house, person, item)
    st.session_state["item-tags"] = list(item.tags)
    known = [one.value for one in house.desk.inbox.options().tag]
    st.multiselect(
        "Tags",
        list(dict.fromkeys([*item.tags, *known])),
        key="item-tags",
        accept_new_options=True,
        placeholder="Choose or write one",
        on_change=_tags,
        args=(*of, item.tags),
    )
    with st.container(key="item-note"), st.form("item-note-form", border=False):
        st.text_area(  # of this item: what was typed beside one must not be added to the next
            "Note",
            key=f"item-note-{item.row.id}",
            max_chars=LONGEST_NOTE,
            height=80,
            placeholder="For other reviewers",
        )
        st.form_submit_button("Add note", key="item-note-add", on_click=_note, args=of[:3])


def _assignee(house: House, person: str, item: Item) -> None:
    of = (house, person, item.row.id, item.latest)
    reviewers = {person: "Me"} | {who: name for who, name in house.desk.people.reviewers().items() if who != person}
    if item.row.assignee:
        reviewers.setdefault(item.row.assignee, item.names.of(item.row.assignee))
    st.session_state["item-assignee"] = item.row.assignee
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            "Assignee",
            list(reviewers),
            index=None,
            key="item-assignee",
            format_func=reviewers.__getitem__,
            placeholder=NOBODY,
            on_change=_assign,
            args=of,
        )
        st.button(
            "Mine",
            key="item-mine",
            disabled=item.row.assignee == person,
            help="Assign it to me",
            on_click=_do,
            args=(*of, ItemAct("assignee", person)),
        )


def _status(house: House, person: str, answer_id: int, seen: int) -> None:
    _do(house, person, answer_id, seen, ItemAct("status", st.session_state["item-status"]))


def _assign(house: House, person: str, answer_id: int, seen: int) -> None:
    _do(house, person, answer_id, seen, ItemAct("assignee", st.session_state["item-assignee"]))


def _tags(house: House, person: str, answer_id: int, seen: int, before: tuple[str, ...]) -> None:
    wanted: list[str] = st.session_state["item-tags"]
    for tag in [one for one in wanted if one not in before]:
        _do(house, person, answer_id, seen, ItemAct("tag", tag))
    for tag in [one for one in before if one not in wanted]:
        _do(house, person, answer_id, seen, ItemAct("untag", tag))


def _do(house: House, person: str, answer_id: int, seen: int, act: ItemAct) -> None:
    with problems.told():
        try:
            _tell(house.desk.inbox.acts.one(person, answer_id, act, seen=seen))
        except BadWords as why:
            problems.tell(str(why))


def _tell(done: Done) -> None:
    if done.told:
        st.toast(done.told, icon=":material/group:")


def _note(house: House, person: str, answer_id: int) -> None:
    with problems.told():
        try:
            house.desk.inbox.acts.note(person, answer_id, st.session_state[f"item-note-{answer_id}"])
        except BadWords as why:
            problems.tell(str(why))
            return
        st.session_state[f"item-note-{answer_id}"] = ""  # only now: what could not be kept stays in its box
