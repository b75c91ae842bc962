"""A verified answer: served at once to questions that ask the same, until a source changes."""

from collections.abc import Callable

import streamlit as st

from rag.assistant import Unfit
from rag.house import House
from rag.review.outcomes import Made
from store.records import VerifiedRecord
from ui import folded, markdown, problems
from ui.words import counted

BADGES = {
    "live": ":green-badge[:material/verified: served]",
    "expired": ":orange-badge[:material/history: expired]",
    "off": ":gray-badge[:material/block: switched off]",
}


def show(house: House, person: str, answer_id: int, made: Made) -> None:
    record = made.verified
    live = record is not None and record.state == "live"
    icon = ":material/check_circle:" if live else ":material/radio_button_unchecked:"
    part = folded.part("Verified answer", icon=icon, key=f"made-verified-{answer_id}")
    if part is None:
        return
    with part:
        if record:
            state(record)
            if record.text and made.proposed.approved and record.text != made.proposed.approved.text:
                st.caption(":material/warning: It is an earlier text than the approved one: serve it anew.")
            acts(house, person, record, key="verified")
        else:
            st.caption("Served at once to everybody who asks the same, with a mark, until a source changes.")
        key = f"verify-question-{answer_id}"
        st.session_state.setdefault(key, record.question if record else made.draft.question)
        with st.form(f"verify-{answer_id}", border=False):
            st.text_area("The question it answers, standing alone", key=key, height=70)
            label = "Serve it anew" if record else "Serve it"
            st.form_submit_button(
                label,
                key=f"verify-go-{answer_id}",
                icon=":material/verified:",
                on_click=_verify,
                args=(house, person, answer_id),
            )


def state(record: VerifiedRecord) -> None:
    """How it stands, in a line."""
    st.markdown(f"{BADGES[record.state]} {counted(record.served, 'time')}")
    if record.expired_why and record.state == "expired":
        st.caption(markdown.plain(record.expired_why))


def acts(house: House, person: str, record: VerifiedRecord, *, key: str) -> None:
    """What can be done with it, at once."""
    number = record.message_id
    verified = house.desk.verified
    with st.container(horizontal=True):
        if record.state == "live":
            _button(
                "Switch off", f"{key}-off-{number}", ":material/block:", lambda: verified.switch_off(number, by=person)
            )
        elif record.text:
            _button(
                "Renew",
                f"{key}-renew-{number}",
                ":material/autorenew:",
                lambda: verified.renew(number, by=person),
                told="Looks for its quotes in the documents as they are now, and serves it again.",
            )
        _button("Delete", f"{key}-delete-{number}", ":material/delete:", lambda: verified.delete(number, by=person))


def _button(label: str, key: str, icon: str, act: Callable[[], None], *, told: str | None = None) -> None:
    st.button(label, key=key, icon=icon, type="tertiary", help=told, on_click=_do, args=(act,))


def _do(act: Callable[[], None]) -> None:
    with problems.told():
        try:
            act()
        except Unfit as why:
            problems.tell(str(why))


def _verify(house: House, person: str, answer_id: int) -> None:
    key = f"verify-question-{answer_id}"
    with problems.told():
        try:
            house.desk.outcomes.verify(person, answer_id, st.session_state[key])
        except Unfit as why:
            problems.tell(str(why))
            return
        st.session_state.pop(key, None)
        st.toast("It is served from now on.", icon=":material/verified:")
