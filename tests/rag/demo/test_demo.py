"""Demo data: loaded, counted, the same for the same seed, and gone without a trace."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from rag.demo.demo import AlreadyThere, Demo
from rag.settings import Settings
from store import answers, feedback, items
from store.engine import Database
from store.models import Model
from store.models.common import Moment
from store.records import ChangeRecord, FeedbackRecord
from tests.fakes import HashEmbedder
from tests.rag.applying import applied
from tests.store.asking import ANA, asked, finished, trace

NOW = datetime(2026, 6, 17, 15, 0, tzinfo=UTC)
FEW = 60
AS_IT_RUNS = ("review_items.changed_at", "items_due.at")  # by the clock on the wall


@pytest.fixture
def demo(database: Database, settings: Settings) -> Iterator[Demo]:
    made = Demo(database, settings, HashEmbedder, clock=lambda: NOW)
    yield made
    made.close()


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, with the words of items."""
    with database.read() as session:
        tables = {
            name: [tuple(row) for row in session.execute(table.select().order_by(*table.primary_key.columns))]
            for name, table in Model.metadata.tables.items()
        }
        return tables | {"item_fts": [tuple(row) for row in session.execute(text("SELECT rowid, words FROM item_fts"))]}


def real_answer(database: Database) -> None:
    said = FeedbackRecord(-1, ("Wrong",), "No.", "Until ten.", NOW)
    with database.write() as session:
        *_, answer_id = asked(session)
        answers.finish(session, answer_id, finished(), trace())
        feedback.give(session, ANA, answer_id, said)


def test_what_was_there_before_is_the_same_after_demo_data_came_and_went(database: Database, demo: Demo) -> None:
    real_answer(database)
    before = everything(database)
    assert (demo.load(answers=FEW), demo.shares()) == (FEW, (FEW, 1))
    during = everything(database)
    assert all(set(map(str, rows)) <= set(map(str, during[name])) for name, rows in before.items())
    assert (demo.remove(), demo.is_there()) == (FEW, False)
    assert everything(database) == before


def test_no_word_of_them_is_left_in_the_file(database: Database, demo: Demo) -> None:
    demo.load(answers=FEW)
    demo.remove()
    with database.read() as session:
        path = session.execute(text("PRAGMA database_list")).one()[2]
    database.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with open(path, "rb") as file:  # noqa: PTH123
        assert b"allowance" not in file.read()


def test_twice_is_refused(demo: Demo) -> None:
    demo.load(answers=FEW)
    with pytest.raises(AlreadyThere):
        demo.load(answers=FEW)
    assert demo.shares().demo == FEW


def test_the_same_seed_makes_the_same_data(database: Database, demo: Demo) -> None:
    def told() -> list[object]:
        with database.read() as session:
            rows = session.execute(text("SELECT text, created_at, writer FROM messages ORDER BY id"))
            return [tuple(row) for row in rows]

    demo.load(answers=FEW, seed=3)
    first = told()
    demo.remove()
    demo.load(answers=FEW, seed=3)
    assert told() == first
    demo.remove()
    demo.load(answers=FEW, seed=4)
    assert told() != first


def test_nobody_spends_and_nothing_is_shown_to_models_or_readers(database: Database, demo: Demo) -> None:
    demo.load(answers=600, months=1)
    with database.read() as session:
        for nothing in (
            "SELECT count(*) FROM spending",
            "SELECT count(*) FROM model_calls",
            "SELECT count(*) FROM examples WHERE enabled",
            "SELECT count(*) FROM verified_answers WHERE state = 'live'",
            "SELECT count(*) FROM prompt_labels",
            "SELECT count(*) FROM people WHERE NOT demo OR id NOT LIKE 'demo-%'",
            "SELECT count(*) FROM messages WHERE created_at > '2026-06-17 15:00' OR created_at < '2026-05-18'",
        ):
            assert session.scalar(text(nothing)) == 0, nothing


def test_items_are_those_that_refreshing_makes(database: Database, demo: Demo) -> None:
    wanted = text("SELECT message_id, worth, resolved, rating, support, visit_id FROM review_items ORDER BY 1")
    demo.load(answers=FEW)
    with database.write() as session:
        before = session.execute(wanted).all()
        items.refresh(session, [row[0] for row in before])
        assert session.execute(wanted).all() == before


def test_visits_are_what_they_are_called(database: Database, demo: Demo) -> None:
    """No two of a person's lie within half an hour, and each knows its questions."""
    demo.load(answers=300)
    with database.read() as session:
        close = "julianday(b.started_at) - julianday(a.last_at) < 1800.0 / 86400"
        pairs = f"visits a JOIN visits b ON a.person_id = b.person_id AND b.started_at > a.started_at WHERE {close}"
        assert session.scalar(text(f"SELECT count(*) FROM {pairs}")) == 0
        assert session.scalar(text("SELECT sum(questions) FROM visits")) == 300


def test_a_task_in_the_background_runs_once_and_tells_how_far_it_is(demo: Demo) -> None:
    assert demo.begin("load", answers=FEW)
    started_twice = demo.begin("load", answers=FEW)
    demo.wait()
    assert (started_twice, demo.running, demo.progress, demo.shares().demo) == (False, False, None, FEW)
    demo.begin("remove")
    demo.wait()
    assert not demo.is_there()


def test_every_question_stands_somewhere_so_that_topics_are_found_at_once(database: Database, demo: Demo) -> None:
    demo.load(answers=300)
    vectors = "SELECT message_id FROM question_vectors"
    assert _rows(database, f"SELECT text FROM messages WHERE role = 'question' AND id NOT IN ({vectors})") == []


def test_corrections_are_what_their_changes_make_of_the_answer(database: Database, demo: Demo) -> None:
    demo.load(answers=600, months=1)
    query = "SELECT m.text, f.correction, f.diff FROM feedback f JOIN messages m ON m.id = f.message_id"
    corrected = _rows(database, f"{query} WHERE f.correction IS NOT NULL")
    made = [applied([ChangeRecord(**one) for one in json.loads(diff)], before) for before, _, diff in corrected]
    assert (made, bool(made)) == ([after for _, after, _ in corrected], True)


def test_nothing_has_happened_in_the_future(database: Database, demo: Demo) -> None:
    demo.load(answers=600, months=1)
    late = {
        f"{table.name}.{column.name}"
        for table in Model.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Moment) and f"{table.name}.{column.name}" not in AS_IT_RUNS
        for (latest,) in _rows(database, f"SELECT max({column.name}) FROM {table.name}")
        if latest and str(latest) > "2026-06-17 15:00"
    }
    assert late == set()


def _rows(database: Database, query: str) -> list[Any]:
    with database.read() as session:
        return list(session.execute(text(query)))
