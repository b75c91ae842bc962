"""Tasks about documents."""

from typing import Any

import pytest

from rag.assistant import Asked, Unfit
from rag.house import House
from store.records import TaskFilter
from tests.rag.review.conftest import OTHER, REVIEWER, Sql
from tests.rag.test_assistant import ANA


def ids(house: House) -> dict[str, int]:
    return {document.name: document.id for document in house.library.listing()}


def add(house: House, answer_id: int | None = None, **more: Any) -> int:
    return house.desk.tasks.add("outdated", " The hotel  limit ", by=REVIEWER, answer_id=answer_id, **more)


def test_a_task_is_kept_with_its_documents_and_its_item(stocked: House, hotel: Asked, sql: Sql) -> None:
    found = ids(stocked)
    add(
        stocked,
        hotel.answer_id,
        words="It is 150 now.",
        document_id=found["travel.md"],
        other_id=found["refunds.md"],
    )
    (task,) = stocked.desk.tasks.listing()
    assert (task.title, task.words, task.document, task.other, task.message_id, task.status, task.by) == (
        "The hotel limit",
        "It is 150 now.",
        "Travel",
        "Refunds",
        hotel.answer_id,
        "open",
        REVIEWER,
    )
    assert sql("SELECT actor, kind, detail FROM review_events") == [(REVIEWER, "task", "outdated: The hotel limit")]


def test_it_is_closed_and_opened_again_by_anybody(stocked: House, hotel: Asked, sql: Sql) -> None:
    task = add(stocked, hotel.answer_id)
    seen = []
    for status in ("done", "done", "open", "dropped"):
        stocked.desk.tasks.set_status(task, status, by=OTHER)  # type: ignore[arg-type]
        seen += sql("SELECT status, closed_at IS NOT NULL FROM document_tasks")
    assert seen == [("done", 1), ("done", 1), ("open", 0), ("dropped", 1)]
    assert len(sql("SELECT * FROM review_events WHERE actor = ?", OTHER)) == 3


def test_it_is_given_to_somebody_reworded_and_deleted(stocked: House, hotel: Asked, sql: Sql) -> None:
    task = add(stocked, hotel.answer_id)
    stocked.desk.tasks.assign(task, OTHER, by=REVIEWER)
    stocked.desk.tasks.reword(task, "missing", "Limits abroad", "Nothing on Norway.", by=OTHER)
    assert sql("SELECT kind, title, words, assignee FROM document_tasks") == [
        ("missing", "Limits abroad", "Nothing on Norway.", OTHER)
    ]
    stocked.desk.tasks.delete(task, by=OTHER)
    assert sql("SELECT count(*) FROM document_tasks") == [(0,)]


def test_lists_are_filtered_and_counted(stocked: House) -> None:
    first, second = (
        add(stocked, document_id=ids(stocked)["travel.md"]),
        add(stocked, other_id=ids(stocked)["travel.md"]),
    )
    stocked.desk.tasks.add("missing", "Parking", by=OTHER)
    stocked.desk.tasks.set_status(first, "done", by=OTHER)
    tasks = stocked.desk.tasks
    of_travel = TaskFilter(document=ids(stocked)["travel.md"])
    assert [one.id for one in tasks.listing(of_travel)] == [second, first]
    assert [tasks.count(one) for one in (TaskFilter(), of_travel, TaskFilter(status="open", kind="missing"))] == [
        3,
        2,
        1,
    ]


def test_a_task_outlives_its_conversation_and_its_document(stocked: House, hotel: Asked) -> None:
    add(stocked, hotel.answer_id, document_id=ids(stocked)["travel.md"])
    stocked.assistant.forget(ANA, hotel.conversation_id)
    stocked.library.remove(ids(stocked)["travel.md"])
    (task,) = stocked.desk.tasks.listing()
    assert (task.title, task.document_id, task.message_id) == ("The hotel limit", None, None)


def test_a_task_has_a_title(stocked: House) -> None:
    with pytest.raises(Unfit, match="title"):
        stocked.desk.tasks.add("missing", "  ", by=REVIEWER)


def test_a_readers_words_in_it_go_with_their_conversation(stocked: House, hotel: Asked, sql: Sql) -> None:
    stocked.desk.tasks.add("missing", "“My secret?” in Travel", by=REVIEWER, words="Two said “so”.", answer_id=1)
    stocked.desk.tasks.add("missing", "“My secret?” in Travel", by=REVIEWER, words="“so", answer_id=hotel.answer_id)
    stocked.assistant.forget("somebody else", hotel.conversation_id)
    assert "secret" in sql("SELECT title FROM document_tasks WHERE id = 2")[0][0]
    stocked.assistant.forget(ANA, hotel.conversation_id)
    assert sql("SELECT title, words FROM document_tasks WHERE id = 2") == [("“…” in Travel", "“…”")]
