"""What can be made of one answer: an approved text, a test case, an example, a verified answer, a task, a reply.

Each part says how it stands in the database and can be taken back. What is typed stays until it is sent.
"""

import streamlit as st

from pages.review import outcome_case, outcome_reply, outcome_tasks, outcome_verified
from rag.assistant import Unfit
from rag.house import House
from rag.review.outcomes import Made
from store.records.inbox import ItemAct
from ui import folded, markdown, problems

DONE = ":material/check_circle:"
BEGUN = "_approve_begun_"  # when the text was approved over which somebody types
NOT_DONE = ":material/radio_button_unchecked:"


def show(house: House, person: str, answer_id: int) -> None:
    """The panel; nothing for an answer that is gone."""
    with problems.in_place():
        made = house.desk.outcomes.of(person, answer_id)
        if made is None:
            return
        with st.container(key="outcomes", gap="small"):
            st.markdown("**What becomes of it**")
            if made.hidden:
                st.caption(
                    ":material/visibility_off: Personal data is hidden here; it comes back where you leave its marks."
                )
            _approved(house, person, answer_id, made)
            outcome_case.show(house, person, answer_id, made)
            if made.as_answer:
                outcome_verified.show(house, person, answer_id, made)
                _example(house, person, answer_id, is_one=made.is_example)
            outcome_tasks.show(house, person, answer_id, made)
            outcome_reply.show(house, person, answer_id)
            _fixed(house, person, answer_id, made)


def _approved(house: House, person: str, answer_id: int, made: Made) -> None:
    approved = made.proposed.approved
    part = folded.part("Approved text", icon=DONE if approved else NOT_DONE, key=f"made-text-{answer_id}")
    if part is None:
        return
    with part:
        if approved:
            st.caption(f"By {markdown.plain(_name(house, approved.by))}, {approved.created_at:%d %b %Y, %H:%M} UTC")
            st.markdown(markdown.answer(approved.text))
        elif made.proposed.correction:
            st.caption("It begins with its reader's correction.")
        key = f"approve-text-{answer_id}"
        if key not in st.session_state:
            st.session_state[key] = made.proposed.text
            st.session_state[f"{BEGUN}{answer_id}"] = approved.created_at if approved else None
        with st.form(f"approve-{answer_id}", border=False):
            st.text_area("The text as it ought to be", key=key, height=160)
            with st.container(horizontal=True):
                st.form_submit_button(
                    "Approve", key=f"approve-go-{answer_id}", on_click=_approve, args=(house, person, answer_id)
                )
                if approved:
                    st.form_submit_button(
                        "Take back",
                        key=f"approve-undo-{answer_id}",
                        icon=":material/undo:",
                        on_click=_take_back,
                        args=(house, person, answer_id),
                    )


def _approve(house: House, person: str, answer_id: int) -> None:
    key = f"approve-text-{answer_id}"
    with problems.told():
        stands, begun = house.desk.approvals.of(answer_id), f"{BEGUN}{answer_id}"
        if stands and stands.created_at != st.session_state.get(begun) and stands.by != person:
            st.session_state[begun] = stands.created_at
            who = markdown.plain(_name(house, stands.by))
            problems.tell(f"{who} approved a text meanwhile: it stands above. Approve again to put yours in its place.")
            return
        try:
            told = house.desk.outcomes.approve(person, answer_id, st.session_state[key])
        except Unfit as why:
            problems.tell(str(why))
            return
        _forget(answer_id)
        st.toast(told or "The text is approved.", icon=":material/check:" if not told else ":material/warning:")


def _take_back(house: House, person: str, answer_id: int) -> None:
    with problems.told():
        house.desk.approvals.take_back(answer_id, by=person)
        _forget(answer_id)


def _forget(answer_id: int) -> None:
    """What was typed, and over which text."""
    for key in (f"approve-text-{answer_id}", f"{BEGUN}{answer_id}"):
        st.session_state.pop(key, None)


def _example(house: House, person: str, answer_id: int, *, is_one: bool) -> None:
    key = f"example-{answer_id}"
    st.session_state[key] = is_one  # also when another tab changed it
    st.toggle(
        "Show it to models as an example",
        key=key,
        help="Its question, the words it cites and its text, as approved or corrected, go into prompts for questions "
        "like it.",
        on_change=_switch,
        args=(house, person, answer_id),
    )


def _switch(house: House, person: str, answer_id: int) -> None:
    with problems.told():
        if not st.session_state[f"example-{answer_id}"]:
            house.desk.examples.take_out(answer_id, by=person)
            return
        try:
            house.desk.examples.approve(answer_id, by=person)
        except Unfit as why:
            problems.tell(str(why))


def _fixed(house: House, person: str, answer_id: int, made: Made) -> None:
    """Offered once something was made of it: it is for the reviewer to say that this settles it."""
    if made.something and made.status in ("new", "in_review"):
        st.button(
            "Mark as fixed",
            key=f"fixed-{answer_id}",
            icon=":material/task_alt:",
            on_click=_mark_fixed,
            args=(house, person, answer_id),
        )


def _mark_fixed(house: House, person: str, answer_id: int) -> None:
    with problems.told():
        house.desk.inbox.acts.one(person, answer_id, ItemAct("status", "fixed"))


def _name(house: House, person: str | None) -> str:
    return house.desk.people.names([person] if person else []).of(person)
