"""All that was made of answers: test cases, verified answers, examples and tasks, to be changed and taken back."""

from functools import partial

import streamlit as st

from pages.review import outcome_case, outcome_parts, outcome_verified, outcomes_tasks
from rag.house import House
from store.records import VerifiedRecord, VerifiedState
from ui import markdown, problems

CASES, VERIFIED, EXAMPLES, TASKS = "Test cases", "Verified answers", "Examples", "Tasks"
VERIFIED_STATES: dict[str, VerifiedState | None] = {
    "All": None,
    "Served": "live",
    "Expired": "expired",
    "Switched off": "off",
}
NOTHING = {
    CASES: "No test case yet. They are made beside an answer, under “What becomes of it”.",
    VERIFIED: "No verified answer is like that. They are made beside an answer, under “What becomes of it”.",
    EXAMPLES: "No answer is shown to models as an example.",
}


def show(house: House, person: str) -> None:
    """One list at a time."""
    views = (CASES, VERIFIED, EXAMPLES, TASKS)
    chosen = st.segmented_control("List", views, default=CASES, key="outcomes-list", required=True)
    with problems.in_place():
        match chosen:
            case "Verified answers":
                _verified(house, person)
            case "Examples":
                _examples(house, person)
            case "Tasks":
                outcomes_tasks.show(house, person)
            case _:
                _cases(house, person)


def _cases(house: House, person: str) -> None:
    known = house.desk.cases.datasets()
    dataset = st.selectbox("Dataset", list(known), index=None, key="outcomes-dataset", placeholder="All")
    total = known.get(dataset, 0) if dataset else sum(known.values())
    offset = outcome_parts.head(NOTHING[CASES], total, "case")
    found = house.desk.cases.listing(dataset, limit=outcome_parts.PER_PAGE, offset=offset) if total else []
    outcome_parts.looked(house, person, [case.message_id for case in found])
    beside = house.desk.outcomes.beside([case.message_id for case in found])
    for case in (house.desk.masking.case(person, one, beside.get(one.message_id, ())) for one in found):
        with st.expander(
            f"{markdown.plain(case.question[:160])} · {markdown.plain(case.dataset)}", key=f"case-{case.id}"
        ):
            key = f"case-change-{case.id}"
            outcome_case.form(house, key, case, keep=partial(house.desk.outcomes.change_case, person, case.id))
            outcome_parts.link(case.message_id, f"case-{case.id}")
            st.button(
                "Delete the case",
                key=f"case-delete-{case.id}",
                type="tertiary",
                icon=":material/delete:",
                on_click=outcome_case.delete,
                args=(house, person, case.id, key),
            )


def _verified(house: House, person: str) -> None:
    counts = house.desk.verified.counts()
    wanted = VERIFIED_STATES[
        st.segmented_control("State", list(VERIFIED_STATES), default="All", key="outcomes-state", required=True)
        or "All"
    ]
    total = counts.get(wanted, 0) if wanted else sum(counts.values())
    offset = outcome_parts.head(NOTHING[VERIFIED], total, "verified answer")
    found = house.desk.verified.listing(wanted, limit=outcome_parts.PER_PAGE, offset=offset) if total else []
    outcome_parts.looked(house, person, [record.message_id for record in found])
    beside = house.desk.outcomes.beside([record.message_id for record in found])
    for record in (house.desk.masking.verified(person, one, beside.get(one.message_id, ())) for one in found):
        with st.container(border=True, gap="xsmall", key=f"verified-{record.id}"):
            _one_verified(house, person, record)


def _one_verified(house: House, person: str, record: VerifiedRecord) -> None:
    st.markdown(f"**{markdown.plain(record.question)}**")
    st.markdown(markdown.answer(record.text or "–"))
    outcome_verified.state(record)
    last = f"; served last on {record.served_at:%d %b %Y}" if record.served_at else ""
    by = house.desk.people.names([record.by] if record.by else []).of(record.by)
    st.caption(f"By {markdown.plain(by)}, {record.changed_at:%d %b %Y}{last}")
    with st.container(horizontal=True):
        outcome_verified.acts(house, person, record, key="listed")
        outcome_parts.link(record.message_id, f"verified-{record.id}")


def _examples(house: House, person: str) -> None:
    found = house.desk.examples.listing()
    offset = outcome_parts.head(NOTHING[EXAMPLES], len(found), "example")
    page = found[offset : offset + outcome_parts.PER_PAGE]
    outcome_parts.looked(house, person, [example.message_id for example in page])
    beside = house.desk.outcomes.beside([example.message_id for example in page])
    for example in (house.desk.masking.example(person, one, beside.get(one.message_id, ())) for one in page):
        with st.container(border=True, gap="xsmall", key=f"example-{example.id}"):
            st.markdown(f"**{markdown.plain(example.question)}**")
            st.markdown(markdown.answer(str(example.draft.get("answer", ""))))
            if example.message_id is not None:
                outcome_parts.link(example.message_id, f"example-{example.id}")
                st.button(
                    "Take it out",
                    key=f"example-out-{example.id}",
                    type="tertiary",
                    icon=":material/undo:",
                    on_click=_take_out,
                    args=(house, person, example.message_id),
                )


def _take_out(house: House, person: str, answer_id: int) -> None:
    with problems.told():
        house.desk.examples.take_out(answer_id, by=person)
