"""Tasks about documents: what is missing, outdated or contradicting, noted where it was seen."""

import streamlit as st

from rag.assistant import Unfit
from rag.house import House
from rag.review.outcomes import Made
from store.records import TaskKind, TaskRecord, TaskStatus
from ui import folded, markdown, problems

KINDS: dict[TaskKind, str] = {
    "missing": "Missing",
    "outdated": "Outdated",
    "contradicting": "Contradicting",
}
STATUSES: dict[TaskStatus, str] = {"open": "Open", "done": "Done", "dropped": "Dropped"}
FIELDS = ("kind", "title", "words", "document", "other")
EMPTY = dict.fromkeys(FIELDS) | {"kind": "missing", "title": "", "words": ""}


def show(house: House, person: str, answer_id: int, made: Made) -> None:
    icon = ":material/check_circle:" if made.tasks else ":material/radio_button_unchecked:"
    part = folded.part("Task about the documents", icon=icon, key=f"made-task-{answer_id}")
    if part is None:
        return
    with part:
        for task in made.tasks:
            line(house, person, task, key="task")
        key = f"task-new-{answer_id}"
        documents = {one.document_id: one.document for one in made.draft.sources if one.document_id is not None}
        with st.form(key, border=False, clear_on_submit=False):
            st.session_state.setdefault(f"{key}-kind", "missing")
            st.segmented_control("Kind", list(KINDS), key=f"{key}-kind", format_func=KINDS.__getitem__, required=True)
            st.text_input("What is to be done", key=f"{key}-title")
            st.text_area("More about it", key=f"{key}-words", height=70)
            for label, name in (("Document", "document"), ("And the other one", "other")):
                if documents and (name == "document" or len(documents) > 1):
                    st.selectbox(
                        label,
                        list(documents),
                        index=None,
                        key=f"{key}-{name}",
                        format_func=documents.__getitem__,
                        placeholder="None",
                    )
            st.form_submit_button("Note the task", key=f"{key}-go", on_click=_add, args=(house, person, answer_id, key))


def line(house: House, person: str, task: TaskRecord, *, key: str) -> None:
    """A task in a line, with its status."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        about = f" · {task.document}" if task.document else ""
        st.markdown(f"**{KINDS[task.kind]}**: {markdown.plain(task.title + about)}", width="content")
        chosen = f"{key}-status-{task.id}"
        st.session_state[chosen] = task.status  # also when another tab changed it
        st.segmented_control(
            "Status",
            list(STATUSES),
            key=chosen,
            format_func=STATUSES.__getitem__,
            required=True,
            label_visibility="collapsed",
            on_change=_status,
            args=(house, person, task.id, chosen),
        )


def _status(house: House, person: str, task_id: int, key: str) -> None:
    with problems.told():
        house.desk.tasks.set_status(task_id, st.session_state[key], by=person)


def _add(house: House, person: str, answer_id: int, key: str) -> None:
    typed = {name: st.session_state.get(f"{key}-{name}") for name in FIELDS}
    with problems.told():
        try:
            house.desk.tasks.add(
                typed["kind"] or "missing",
                typed["title"] or "",
                by=person,
                words=typed["words"] or "",
                document_id=typed["document"],
                other_id=typed["other"],
                answer_id=answer_id,
            )
        except Unfit as why:
            problems.tell(str(why))
            return
        for name in FIELDS:  # the browser keeps what it is not told to leave out
            st.session_state[f"{key}-{name}"] = EMPTY[name]
