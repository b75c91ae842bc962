"""The list of tasks about documents, to be given to somebody, closed and deleted."""

import streamlit as st

from pages.review import outcome_parts, outcome_tasks
from rag.house import House
from store.records import TaskFilter, TaskRecord
from ui import markdown, problems

NOTHING = "No task is like that. They are noted beside an answer, under “What becomes of it”."


def show(house: House, person: str) -> None:
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
    offset = outcome_parts.head(NOTHING, house.desk.tasks.count(wanted), "task")
    found = house.desk.tasks.listing(wanted, limit=outcome_parts.PER_PAGE, offset=offset)
    outcome_parts.looked(house, person, [task.message_id for task in found])
    reviewers = house.desk.people.reviewers() if found else {}
    for task in (house.desk.masking.task(person, one) for one in found):
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
        outcome_parts.link(task.message_id, f"task-{task.id}")
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
