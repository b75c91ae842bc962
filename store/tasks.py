"""Tasks about documents: what is missing, outdated or contradicting."""

import re
from collections.abc import Collection
from typing import cast

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from store import history, people
from store.models import Document, DocumentTask, Message, now
from store.records import TaskFilter, TaskKind, TaskRecord, TaskStatus

_QUOTED = re.compile("“[^”]*(?:”|$)")


def add(
    session: Session,
    kind: TaskKind,
    title: str,
    *,
    by: str,
    words: str = "",
    document_id: int | None = None,
    other_id: int | None = None,
    message_id: int | None = None,
) -> int:
    """Notes a task; gives its id. Documents and an answer that are gone are left out."""
    people.remember(session, by)
    task = DocumentTask(
        kind=kind,
        title=title,
        words=words,
        document_id=_there(session, document_id),
        other_id=_there(session, other_id),
        message_id=message_id if message_id and session.get(Message, message_id) else None,
        by=by,
    )
    session.add(task)
    session.flush()
    history.note(session, message_id, by, "task", f"{kind}: {title}")
    return task.id


def reword(session: Session, task_id: int, *, kind: TaskKind, title: str, words: str, by: str) -> bool:
    """Says a task in other words; False when it is gone."""
    task = session.get(DocumentTask, task_id)
    if task is None:
        return False
    task.kind, task.title, task.words = kind, title, words
    history.note(session, task.message_id, by, "task", f"{kind}: {title}")
    return True


def set_status(session: Session, task_id: int, status: TaskStatus, *, by: str) -> bool:
    """Opens or closes a task; False when it is gone."""
    task = session.get(DocumentTask, task_id)
    if task is None:
        return False
    if task.status != status:
        task.status, task.closed_at = status, None if status == "open" else now()
        history.note(session, task.message_id, by, "task", f"{status}: {task.title}")
    return True


def assign(session: Session, task_id: int, assignee: str | None, *, by: str) -> bool:
    """Says who is to do it, or with None nobody; False when it is gone."""
    task = session.get(DocumentTask, task_id)
    if task is None:
        return False
    if assignee is not None:
        people.remember(session, assignee)
    task.assignee = assignee
    history.note(session, task.message_id, by, "task", f"{'assigned' if assignee else 'not assigned'}: {task.title}")
    return True


def remove(session: Session, task_id: int, *, by: str) -> bool:
    """Deletes a task; False when it is gone already."""
    task = session.get(DocumentTask, task_id)
    if task is None:
        return False
    history.note(session, task.message_id, by, "task", f"deleted: {task.title}")
    session.delete(task)
    return True


def forget_quotes(session: Session, conversation_ids: Collection[str]) -> None:
    """Takes what stands in quotation marks out of tasks about answers of these conversations: words of their readers.

    What analysts wrote themselves stays.
    """
    about = select(Message.id).where(Message.conversation_id.in_(conversation_ids), Message.role == "answer")
    for task in session.scalars(select(DocumentTask).where(DocumentTask.message_id.in_(about))):
        task.title, task.words = (_QUOTED.sub("“…”", text) for text in (task.title, task.words))
    session.flush()


def page(session: Session, wanted: TaskFilter, *, limit: int, offset: int = 0) -> list[TaskRecord]:
    """A page of the tasks that fit, the latest first."""
    document, other = aliased(Document), aliased(Document)
    query = (
        select(DocumentTask, document.title, other.title)
        .outerjoin(document, document.id == DocumentTask.document_id)
        .outerjoin(other, other.id == DocumentTask.other_id)
        .where(*_fits(wanted))
        .order_by(DocumentTask.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [_record(*row) for row in session.execute(query)]


def count(session: Session, wanted: TaskFilter) -> int:
    """How many tasks fit."""
    query: Select[int] = select(func.count()).select_from(DocumentTask).where(*_fits(wanted))
    return session.scalar(query) or 0


def _fits(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for column, value in (
        (DocumentTask.status, wanted.status),
        (DocumentTask.kind, wanted.kind),
        (DocumentTask.assignee, wanted.assignee),
        (DocumentTask.message_id, wanted.answer),
    ):
        if value is not None:
            conditions.append(column == value)
    if wanted.document is not None:
        conditions.append(or_(DocumentTask.document_id == wanted.document, DocumentTask.other_id == wanted.document))
    return conditions


def _there(session: Session, document_id: int | None) -> int | None:
    return document_id if document_id and session.get(Document, document_id) else None


def _record(row: DocumentTask, document: str | None, other: str | None) -> TaskRecord:
    return TaskRecord(
        id=row.id,
        kind=cast(TaskKind, row.kind),
        title=row.title,
        words=row.words,
        document_id=row.document_id,
        document=document,
        other_id=row.other_id,
        other=other,
        message_id=row.message_id,
        status=cast(TaskStatus, row.status),
        assignee=row.assignee,
        by=row.by,
        created_at=row.created_at,
        closed_at=row.closed_at,
    )
