"""Tasks about documents, in the words of analysts."""

from rag.examples import Unfit
from store import tasks
from store.engine import Database
from store.records import TaskFilter, TaskKind, TaskRecord, TaskStatus

LONGEST_TITLE, LONGEST = 200, 4000
ALL = TaskFilter()


class Tasks:
    """Keeps tasks. Safe to use from many threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        kind: TaskKind,
        title: str,
        *,
        by: str,
        words: str = "",
        document_id: int | None = None,
        other_id: int | None = None,
        answer_id: int | None = None,
    ) -> int:
        """Notes a task; gives its id. Raises Unfit, Unavailable."""
        title, words = _fit(title, words)
        with self._database.write() as session:
            return tasks.add(
                session,
                kind,
                title,
                by=by,
                words=words,
                document_id=document_id,
                other_id=other_id,
                message_id=answer_id,
            )

    def reword(self, task_id: int, kind: TaskKind, title: str, words: str, *, by: str) -> None:
        """Says a task in other words. Raises Unfit, Unavailable."""
        title, words = _fit(title, words)
        with self._database.write() as session:
            if not tasks.reword(session, task_id, kind=kind, title=title, words=words, by=by):
                raise Unfit("This task is gone.")

    def set_status(self, task_id: int, status: TaskStatus, *, by: str) -> None:
        """Opens or closes a task; one that is gone stays so. Raises Unavailable."""
        with self._database.write() as session:
            tasks.set_status(session, task_id, status, by=by)

    def assign(self, task_id: int, assignee: str | None, *, by: str) -> None:
        """Says who is to do it, or with None nobody. Raises Unavailable."""
        with self._database.write() as session:
            tasks.assign(session, task_id, assignee, by=by)

    def delete(self, task_id: int, *, by: str) -> None:
        """Deletes a task. Raises Unavailable."""
        with self._database.write() as session:
            tasks.remove(session, task_id, by=by)

    def listing(self, wanted: TaskFilter = ALL, *, limit: int = 50, offset: int = 0) -> list[TaskRecord]:
        """A page of the tasks that fit, the latest first. Raises Unavailable."""
        with self._database.read() as session:
            return tasks.page(session, wanted, limit=limit, offset=offset)

    def count(self, wanted: TaskFilter = ALL) -> int:
        """How many tasks fit. Raises Unavailable."""
        with self._database.read() as session:
            return tasks.count(session, wanted)


def _fit(title: str, words: str) -> tuple[str, str]:
    title, words = " ".join(title.split()), words.strip()
    if not title:
        raise Unfit("A task has a title.")
    if len(title) > LONGEST_TITLE or len(words) > LONGEST:
        raise Unfit(f"A title has {LONGEST_TITLE} characters at most, and the words below it {LONGEST:,}.")
    return title, words
