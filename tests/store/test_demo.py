"""Demo data in SQL: put in by many rows, counted, taken out."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store import answers, demo, demo_removal
from store.demo import Answered, Talk
from store.engine import Database
from store.models import Citation, DocumentTask, Message, Model, ReviewItem, now
from tests.store.asking import asked, finished, trace


def message(text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "created_at": now()} | more


def talk(number: int, *turns: Answered) -> Talk:
    visit = {"person_id": "demo-1", "started_at": now(), "last_at": now(), "day": now().date(), "questions": 1}
    return Talk(visit, {"id": f"demo-{number}", "person_id": "demo-1", "title": "How late?"}, turns)


def answered(text: str, *, again: bool = False, **about: Any) -> Answered:
    question = None if again else message(f"Question for {text}")
    return Answered(question, message(text, state="answered"), {kind: [row] for kind, row in about.items()})


def begun(session: Session) -> None:
    demo.begin(session, [{"id": "demo-1"}], [{"version": 1, "text": "", "content_hash": ""}])


def counts(session: Session) -> dict[str, int]:
    """Rows of each table; small facts come and go."""
    return {
        name: session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in Model.metadata.tables.items()
        if name != "facts"
    }


def test_each_answer_follows_its_question_also_when_it_was_asked_again(database: Database) -> None:
    with database.write() as session:
        begun(session)
        demo.put(session, [talk(1, answered("one"), answered("two", again=True)), talk(2, answered("three"))])
        rows = {row.id: row for row in session.scalars(select(Message))}
        follow = [(row.text, rows[row.reply_to].text) for row in rows.values() if row.reply_to]
        assert follow == [("one", "Question for one"), ("two", "Question for one"), ("three", "Question for three")]


def test_items_are_derived_and_their_handling_is_kept(database: Database) -> None:
    done = Answered(
        message("Q"), message("A", state="not_found"), {}, {"status": "fixed", "assignee": "demo-1"}, ("x",)
    )
    with database.write() as session:
        begun(session)
        demo.put(session, [talk(1, done)])
        item = session.scalars(select(ReviewItem)).one()
        assert (item.state, item.status, item.assignee, item.worth) == ("not_found", "fixed", "demo-1", 8)


def test_a_document_that_is_gone_meanwhile_leaves_its_footnote(database: Database) -> None:
    footnote = {"number": 1, "quote": "q", "document_id": 99, "document": "D", "section": "", "start": 0, "end": 1}
    with database.write() as session:
        begun(session)
        demo.put(session, [talk(1, answered("one", citation=footnote))])
        assert session.scalars(select(Citation.document_id)).all() == [None]


def test_a_real_task_about_an_invented_question_goes_and_a_real_answer_stays(database: Database) -> None:
    with database.write() as session:
        *_, real = asked(session)
        answers.finish(session, real, finished(), trace())
        before = counts(session)
        begun(session)
        demo.put(session, [talk(1, answered("one")), talk(2, answered("two"))])
        invented = session.scalar(select(func.max(Message.id)))
        session.add(DocumentTask(kind="missing", title="t", message_id=invented, by="ana"))
        assert demo.shares(session) == demo.Shares(2, 1)
        demo_removal.forget_tasks(session)
        assert [demo_removal.forget_conversations(session, 1) for _ in range(3)] == [1, 1, 0]
        demo_removal.end(session, [])
        assert (counts(session), demo.is_there(session)) == (before, False)


@pytest.mark.parametrize("name", sorted(demo._ABOUT))
def test_what_is_about_an_answer_goes_with_it_or_is_named(name: str) -> None:
    """Every table that demo data fill either cascades from the message, or is a task, deleted by name."""
    column = demo._ABOUT[name].__table__.columns["message_id"]
    (key,) = column.foreign_keys
    assert key.ondelete == "CASCADE" or name == "task"
