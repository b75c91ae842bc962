"""Who looked at what, changed and exported what. No words of conversations stand here."""

from datetime import date

import streamlit as st

from rag.house import House
from rag.review.people import Names
from store.records.auditing import AuditFilter, AuditRecord
from ui import problems
from ui.words import counted

PER_PAGE = 50
NUMBER = "log-page"
ANYBODY, ANYTHING = "Anybody", "Anything"


def show(house: House, person: str) -> None:
    with problems.in_place():
        wanted = _filters(house, person)
        total = house.desk.audit.count(wanted)
        if not total:
            st.info("Nothing stands here. Every look at a conversation will.", icon=":material/history:")
            return
        page = min(st.session_state.get(NUMBER, 1), -(-total // PER_PAGE))
        found = house.desk.audit.page(wanted, limit=PER_PAGE, offset=PER_PAGE * (page - 1))
        names = house.desk.people.names({one.actor for one in found})
        st.caption(f"{counted(total, 'entry') if total == 1 else f'{total:,} entries'}, the latest first")
        st.dataframe([_row(one, names) for one in found], hide_index=True, key="log-table")
        if total > PER_PAGE:
            st.session_state[NUMBER] = page
            with st.container(horizontal_alignment="center"):
                st.pagination(-(-total // PER_PAGE), key=NUMBER)


def _filters(house: House, person: str) -> AuditFilter:
    actors, acts = house.desk.audit.choices()
    names = house.desk.people.names(actors)
    with st.container(horizontal=True, key="log-filters"):
        actor = st.selectbox(
            "Who",
            actors,
            index=None,
            key="log-actor",
            format_func=lambda one: f"{names.of(one)} (you)" if one == person else names.of(one),
            placeholder=ANYBODY,
            width=180,
        )
        act = st.selectbox("Did what", acts, index=None, key="log-act", placeholder=ANYTHING, width=140)
        number = st.number_input(
            "Answer", value=None, min_value=1, step=1, key="log-answer", placeholder="No.", width=120
        )
        since: date | None = st.date_input("From (UTC)", value=None, key="log-since", width=140)
        until: date | None = st.date_input("Until (UTC)", value=None, key="log-until", width=140)
    return AuditFilter(actor, act, None if number is None else int(number), since, until)


def _row(entry: AuditRecord, names: Names) -> dict[str, object]:
    return {
        "when (UTC)": entry.created_at.strftime("%Y-%m-%d %H:%M:%S"),
        "who": names.of(entry.actor),
        "did what": entry.act,
        "answer": "" if entry.message_id is None else str(entry.message_id),
        "more": entry.detail,
    }
