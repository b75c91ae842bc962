"""The health of models in SQL: whole, by name, and changed by one process at a time."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

from store import health
from store.engine import Database
from store.records import HealthRecord

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
RESTING = HealthRecord("first", "open", 3, 2, NOON, None, True, "model_error", NOON)


def test_a_model_that_never_failed_is_not_there(database: Database) -> None:
    with database.read() as session:
        assert health.read_all(session) == {}


def test_what_is_decided_is_kept(database: Database) -> None:
    with database.write() as session:
        assert health.change(session, "first", lambda _: RESTING) == RESTING
    with database.read() as session:
        assert health.read_all(session) == {"first": RESTING}


def test_a_change_begins_with_what_is_there(database: Database) -> None:
    for _ in range(2):
        with database.write() as session:
            health.change(session, "first", lambda before: replace(before, failures=before.failures + 1))
    with database.read() as session:
        assert health.read_all(session)["first"].failures == 2


def test_no_change_writes_nothing(database: Database) -> None:
    with database.write() as session:
        health.change(session, "first", lambda before: before)
    with database.read() as session:
        assert health.read_all(session) == {}


def test_changes_at_the_same_time_follow_one_another(database: Database) -> None:
    def fail() -> None:
        for _ in range(10):
            with database.write() as session:
                health.change(session, "first", lambda before: replace(before, failures=before.failures + 1))

    threads = [threading.Thread(target=fail) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert health.read_all(session)["first"].failures == 40
