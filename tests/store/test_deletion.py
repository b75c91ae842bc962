"""What goes when a conversation or a person is deleted: every table that hangs on them, walked by its foreign keys.

A table that is added later is filled here by itself. When it keeps words that it should not, a test fails.
"""

import sqlite3
import threading
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Session

from rag.retention import Retention
from store import conversations, item_masked, item_words
from store.engine import Database
from store.models import Model, Person, now
from store.models.common import Moment

MARK = "zanzibar"  # stands in all words
OTHERS = {"documents", "topics"}  # what they point to besides
OWNERS = {
    "people": "ana",
    "conversations": "c1",
    "messages": 2,
    "review_items": 2,
    "visits": 1,
    "topics": 1,
    "documents": 1,
}
# What is somebody's words about the app and not about one conversation, or no words at all: it stays.
STAYS = {
    "documents": "the library's",
    "document_tasks": "an analyst's words about a document",
    "saved_filters": "an analyst's way of looking at the inbox; it goes with that analyst, unless it is shared",
    "topics": "words that many questions share",
}
VALUES: dict[tuple[str, str], Any] = {
    ("messages", "state"): "answered",
    ("messages", "owner"): None,
    ("feedback", "rating"): -1,
    ("guard_findings", "stand"): "question",
    ("guard_findings", "action"): "flag",
    ("guard_findings", "verdict"): None,
    ("guard_findings", "chunk_id"): None,
    ("guard_reviews", "kind"): "appeal",
    ("guard_reviews", "verdict"): None,
    ("signals", "kind"): "copied",
    ("source_conflicts", "kind"): "number",
    ("item_facets", "kind"): "tag",
    ("review_items", "status"): "new",
    ("items_due", "what"): "mask",
    ("document_tasks", "kind"): "missing",
    ("document_tasks", "status"): "open",
    ("verified_answers", "state"): "live",
    ("people", "id"): "ana",
    ("conversations", "id"): "c1",
}


def hanging() -> list[Table]:
    """Tables with a foreign key to people, conversations or messages, over others too; those they point to first."""
    found = {"people"}
    for _ in Model.metadata.tables:
        found |= {table.name for table in Model.metadata.tables.values() if _targets(table) & found}
    return [table for table in Model.metadata.sorted_tables if table.name in found | OTHERS]


def _targets(table: Table) -> set[str]:
    return {key.column.table.name for key in table.foreign_keys} - {table.name}


def value(column: Column[Any]) -> Any:
    """Something to put there: the mark wherever there are words."""
    where = (column.table.name, column.name)
    target = next((key.column.table.name for key in column.foreign_keys), None)
    kinds: list[tuple[type[Any], Any]] = [
        (Moment, now()),
        (Date, now().date()),
        (JSON, [{"verdict": "weak", "words": MARK}]),
        (LargeBinary, MARK.encode()),
        (Boolean, True),
        (Float, 1.5),
        (Integer, 1),
        (String, MARK),
    ]
    if where in VALUES:
        return VALUES[where]
    if target in OWNERS:
        return OWNERS[target]
    return None if target else next(made for kind, made in kinds if isinstance(column.type, kind))


def row(table: Table) -> dict[str, Any]:
    return {column.name: value(column) for column in table.columns if value(column) is not None}


@pytest.fixture
def filled(database: Database) -> Database:
    """One row in every table that hangs on a person, a conversation or its messages, with the mark in all words."""
    with database.write() as session:
        for table in hanging():
            if table.name == "messages":
                question = row(table) | {"id": 1, "role": "question", "reply_to": None}
                answer = row(table) | {"id": 2, "role": "answer", "reply_to": 1}
                session.execute(insert(table), [question, answer])
            else:
                session.execute(insert(table), [row(table)])
        item_words.put(session, {2: MARK})
        item_masked.put(session, {2: MARK})
    return database


def marked(session: Session) -> set[str]:
    """The tables in which the mark stands, the indexes of words among them."""
    found = set()
    for table in Model.metadata.tables.values():
        rows = [
            str([bytes(one) if isinstance(one, bytes) else one for one in row])
            for row in session.execute(select(table))
        ]
        found |= {table.name} if any(MARK in row for row in rows) else set()
    for index in ("item_fts", "item_masked_fts"):
        there = text(f"SELECT count(*) FROM {index} WHERE {index} MATCH :mark")
        found |= {index} if session.execute(there, {"mark": MARK}).scalar() else set()
    return found


def bytes_of(database: Database) -> bytes:
    """The whole file, with what was freed in it."""
    with database.read() as session:
        path: str = session.execute(text("PRAGMA database_list")).one()[2]
    database.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()


def test_every_table_that_hangs_on_people_is_filled(filled: Database) -> None:
    with filled.read() as session:
        empty = [table.name for table in hanging() if not session.execute(select(table).limit(1)).first()]
        assert (empty, {"item_fts", "item_masked_fts"} - marked(session)) == ([], set())


def test_with_a_conversation_goes_every_word_of_it(filled: Database) -> None:
    with filled.write() as session:
        conversations.forget(session, "ana", "c1")
        assert marked(session) - {"people"} == set(STAYS)


def test_with_a_person_goes_everything_but_the_words_of_analysts(filled: Database) -> None:
    with filled.write() as session:
        session.execute(delete(Person).where(Person.id == "ana"))
        assert marked(session) == set(STAYS) - {"saved_filters"}


def test_nothing_of_it_is_left_in_the_file(filled: Database) -> None:
    with filled.write() as session:
        conversations.forget(session, "ana", "c1")
        for name in (*STAYS, "people"):
            session.execute(delete(Model.metadata.tables[name]))
    Retention(filled, 0).purge_words(threading.Event())
    assert MARK.encode() not in bytes_of(filled)


def test_what_a_person_spent_stays_with_them_when_a_conversation_goes(filled: Database) -> None:
    with filled.write() as session:
        conversations.forget(session, "ana", "c1")
        assert session.execute(select(Model.metadata.tables["spending"])).all()


def test_deleting_reads_no_table_as_a_whole(database: Database) -> None:
    """Each foreign key that cascades from messages, conversations or people is found by an index."""
    with database.read() as session:
        slow = []
        for table in hanging():
            for key in table.foreign_keys:
                look = f'EXPLAIN QUERY PLAN SELECT 1 FROM {table.name} WHERE "{key.parent.name}" = 1'
                plan = str(session.execute(text(look)).all())
                slow += [f"{table.name}.{key.parent.name}"] if "SCAN" in plan else []
        assert slow == []
