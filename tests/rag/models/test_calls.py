"""Requests to models are noted behind the answers' backs."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from rag.models import calls as noting
from rag.models.calls import CallLog, first_times
from store import calls
from store.engine import Database
from store.models import ModelCall
from store.records import CallRecord

CALL = CallRecord("first", "answer", None, 1, 200.0, 900.0)
PATIENCE_S = 20


@pytest.fixture
def log(database: Database) -> Iterator[CallLog]:
    made = CallLog(database)
    yield made
    made.close()


def count(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count(ModelCall.id))) or 0


def test_what_was_kept_is_stored_soon(database: Database, log: CallLog) -> None:
    log.keep(CALL)
    end = time.monotonic() + PATIENCE_S
    while not count(database) and time.monotonic() < end:
        time.sleep(0.05)
    assert count(database) == 1


def test_the_rest_is_stored_at_the_end(database: Database) -> None:
    log = CallLog(database)
    for _ in range(3):
        log.keep(CALL)
    log.close()
    assert count(database) == 3


def test_old_ones_are_deleted(database: Database, log: CallLog, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.write() as session:
        calls.keep(session, [(datetime.now(UTC) - timedelta(days=days), CALL) for days in (1, 31)])
    monkeypatch.setattr(noting, "PRUNE_S", 0)
    log.flush()
    assert count(database) == 1


def test_without_a_database_they_wait(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "later"
    away = Database(f"sqlite:///{folder}/footnote.db")
    log = CallLog(away)
    log.keep(CALL)
    log.flush()
    assert "cannot be noted yet" in caplog.text
    assert first_times(away, "first") == []
    folder.mkdir()
    away.migrate()
    log.close()
    assert count(away) == 1
    away.close()
