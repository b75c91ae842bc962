"""All that was made of answers: test cases, verified answers, examples and tasks, to be changed and taken back."""

import streamlit as st

from pages.review import outcome_case, outcome_tasks, outcome_verified
from rag.house import House
from store.records import TaskFilter, TaskRecord, VerifiedRecord, VerifiedState
from ui import markdown, problems
from ui.words import counted

PER_PAGE = 20
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
    TASKS: "No task is like that. They are noted beside an answer, under “What becomes of it”.",
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
                _tasks(house, person)
            case _:
                _cases(house, person)


def _cases(house: House, person: str) -> None:
    known = house.desk.cases.datasets()
    dataset = st.selectbox("Dataset", list(known), index=None, key="outcomes-dataset", placeholder="All")
    total = known.get(dataset, 0) if dataset else sum(known.values())
    offset = _head(CASES, total, "case")
    for case in house.desk.cases.listing(dataset, limit=PER_PAGE, offset=offset) if total else ():
        with st.expander(
            f"{markdown.plain(case.question[:160])} · {markdown.plain(case.dataset)}", key=f"case-{case.id}"
        ):
            key = f"case-change-{case.id}"
            outcome_case.form(
                key,
                outcome_case.draft_of(case),
                keep=lambda draft, number=case.id: house.desk.cases.change(number, draft, by=person),  # type: ignore[misc]
            )
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
    offset = _head(VERIFIED, total, "verified answer")
    for record in house.desk.verified.listing(wanted, limit=PER_PAGE, offset=offset) if total else ():
        with st.container(border=True, gap="xsmall", key=f"verified-{record.id}"):
            _one_verified(house, person, record)


def _one_verified(house: House, person: str, record: VerifiedRecord) -> None:
    st.markdown(f"**{markdown.plain(record.question)}**")
    st.markdown(markdown.answer(record.text or "–"))
    outcome_verified.state(record)
    last = f", the last time on {record.served_at:%d %b %Y}" if record.served_at else ""
    by = house.desk.people.names([record.by] if record.by else []).of(record.by)
    st.caption(f"By {markdown.plain(by)}, {record.changed_at:%d %b %Y}; served {counted(record.served, 'time')}{last}")
    outcome_verified.acts(house, person, record, key="listed")


def _examples(house: House, person: str) -> None:
    found = house.desk.examples.listing()
    offset = _head(EXAMPLES, len(found), "example")
    for example in found[offset : offset + PER_PAGE]:
        with st.container(border=True, gap="xsmall", key=f"example-{example.id}"):
            st.markdown(f"**{markdown.plain(example.question)}**")
            st.markdown(markdown.answer(str(example.draft.get("answer", ""))))
            if example.message_id is not None:
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


def _tasks(house: House, person: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        statuses, kinds = list(outcome_tasks.STATUSES), list(outcome_tasks.KINDS)
        in_words = outcome_tasks.STATUSES.__getitem__
        status = st.segmented_control(
            "Status", statuses, default="open", key="outcomes-task-status", format_func=in_words
        )
        kind = st.segmented_control(
            "Kind", kinds, key="outcomes-task-kind", format_func=outcome_tasks.KINDS.__getitem__
        )
        mine = st.toggle("Mine alone", key="outcomes-task-mine")
    wanted = TaskFilter(status=status, kind=kind, assignee=person if mine else None)
    offset = _head(TASKS, house.desk.tasks.count(wanted), "task")
    found = house.desk.tasks.listing(wanted, limit=PER_PAGE, offset=offset)
    reviewers = house.desk.people.reviewers() if found else {}
    for task in found:
        with st.container(border=True, gap="xsmall", key=f"task-{task.id}"):
            _one_task(house, person, task, reviewers)


def _one_task(house: House, person: str, task: TaskRecord, reviewers: dict[str, str]) -> None:
    outcome_tasks.line(house, person, task, key="listed-task")
    if task.words:
        st.markdown(markdown.plain(task.words))
    if task.other:
        st.caption(f"The other document: {markdown.plain(task.other)}")
    key = f"task-assignee-{task.id}"
    st.session_state[key] = task.assignee
    names = {person: "Me"} | {who: name for who, name in reviewers.items() if who != person}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Assignee",
            list(dict.fromkeys([*names, *([task.assignee] if task.assignee else [])])),
            index=None,
            key=key,
            format_func=lambda who: names.get(who, who),
            placeholder="Nobody",
            on_change=_assign,
            args=(house, person, task.id, key),
        )
        st.button(
            "Delete",
            key=f"task-delete-{task.id}",
            type="tertiary",
            icon=":material/delete:",
            on_click=_delete_task,
            args=(house, person, task.id),
        )


def _assign(house: House, person: str, task_id: int, key: str) -> None:
    with problems.told():
        house.desk.tasks.assign(task_id, st.session_state[key], by=person)


def _delete_task(house: House, person: str, task_id: int) -> None:
    with problems.told():
        house.desk.tasks.delete(task_id, by=person)


def _head(view: str, total: int, noun: str) -> int:
    """Says how many there are, offers their pages, and gives how many stand before the page that is shown."""
    if not total:
        st.info(NOTHING[view], icon=":material/inbox:")
        return 0
    pages = -(-total // PER_PAGE)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(f"{counted(total, noun)}, the latest first")
        page = st.pagination(pages, key=f"outcomes-page-{noun}") if pages > 1 else 1
    return PER_PAGE * (min(page, pages) - 1)
