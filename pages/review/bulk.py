"""Many items at once: a status, an assignee or a tag for those that are selected, or for all that fit the filter."""

import streamlit as st

from rag.house import House
from rag.review.acts import AT_ONCE, STATUS_WORDS, BadWords
from rag.review.inbox import Listed
from store.records.inbox import ItemAct
from ui import inbox_state, markdown, problems
from ui.inbox_state import Opened
from ui.words import counted

NOBODY = "Nobody"
ALL = "bulk-all"


def show(house: House, person: str, opened: Opened, found: Listed) -> None:
    """Always there, so that the list below keeps its place."""
    with st.container(key="bulk", gap="small"):
        _show_done(house, person)
        chosen = inbox_state.selected()
        if not chosen:
            return
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="bulk-bar"):
            many = counted(found.total, "answer")
            everything = False
            if found.total > len(chosen):
                at_most = f" (the newest {AT_ONCE:,})" if found.total > AT_ONCE else ""
                everything = st.checkbox(f"All {many} of this list{at_most}", key=ALL)
            which = "all of them" if everything else f"{len(chosen):,} selected"
            st.markdown(f"**{which}**", width="content")
            _acts(house, person, opened, everything=everything)
            st.button("Select none", key="bulk-none", type="tertiary", on_click=inbox_state.select, args=((),))


def _acts(house: House, person: str, opened: Opened, *, everything: bool) -> None:
    reviewers = {person: "me"} | {who: name for who, name in house.desk.people.reviewers().items() if who != person}
    to = (house, person, opened, everything)
    with st.popover("Status", icon=":material/flag:", key="bulk-status"):
        for status, words in STATUS_WORDS.items():
            st.button(words, key=f"bulk-status-{status}", on_click=_do, args=(*to, ItemAct("status", status), words))
    with st.popover("Assign", icon=":material/person:", key="bulk-assign"):
        st.selectbox("To", [None, *reviewers], key="bulk-assignee", format_func=lambda one: reviewers.get(one, NOBODY))
        st.button("Assign", key="bulk-assign-now", on_click=_assign, args=(*to, reviewers))
    with st.popover("Tag", icon=":material/sell:", key="bulk-tag"):
        st.text_input("Tag", key="bulk-tag-name", max_chars=40)
        with st.container(horizontal=True):
            st.button("Put it on", key="bulk-tag-on", on_click=_tag, args=(*to, "tag"))
            st.button("Take it off", key="bulk-tag-off", on_click=_tag, args=(*to, "untag"))


def _assign(house: House, person: str, opened: Opened, everything: bool, reviewers: dict[str, str]) -> None:  # noqa: FBT001
    to = st.session_state["bulk-assignee"]
    _do(house, person, opened, everything, ItemAct("assignee", to), f"for {reviewers.get(to, NOBODY)}")


def _tag(house: House, person: str, opened: Opened, everything: bool, kind: str) -> None:  # noqa: FBT001
    name = st.session_state["bulk-tag-name"]
    act = ItemAct("tag" if kind == "tag" else "untag", name)
    _do(house, person, opened, everything, act, f"{'with' if kind == 'tag' else 'without'} the tag {name}")


def _do(house: House, person: str, opened: Opened, everything: bool, act: ItemAct, words: str) -> None:  # noqa: FBT001
    with problems.told():
        try:
            done = house.desk.inbox.acts.many(person, opened.fitting if everything else inbox_state.selected(), act)
        except BadWords as why:
            problems.tell(str(why))
            return
        inbox_state.keep_done(f"{counted(done.changed, 'answer')} changed: {words}.", done)
        inbox_state.select(())


def _show_done(house: House, person: str) -> None:
    kept = inbox_state.done()
    if kept is None:
        return
    words, done = kept
    with st.container(horizontal=True, vertical_alignment="center", key="bulk-done"):
        st.markdown(f":material/check: {markdown.plain(words)}", width="content")
        if done.changed:
            st.button("Undo", key="bulk-undo", icon=":material/undo:", on_click=_undo, args=(house, person))
        st.button("Put away", key="bulk-away", type="tertiary", on_click=inbox_state.put_done_away)


def _undo(house: House, person: str) -> None:
    kept = inbox_state.done()
    if kept is None:
        return
    with problems.told():
        changed = house.desk.inbox.acts.undo(person, kept[1])
        inbox_state.put_done_away()
        st.toast(f"{counted(changed, 'answer')} brought back; the history shows both.")
