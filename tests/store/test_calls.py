"""Requests to models in SQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from store import calls
from store.engine import Database
from store.models import ModelCall
from store.records import CallRecord

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def call(**changes: Any) -> CallRecord:
    values: dict[str, Any] = {"model": "first", "purpose": "answer", "problem": None, "attempts": 1}
    return CallRecord(**values | {"first_ms": 200.0, "total_ms": 900.0} | changes)


def test_a_request_is_kept_whole(database: Database) -> None:
    with database.write() as session:
        calls.keep(session, [(NOON, call(problem="model_cut", input_tokens=12, estimated=True, cost_usd=0.5))])
    with database.read() as session:
        row = session.scalars(select(ModelCall)).one()
        assert (row.created_at, row.problem, row.input_tokens) == (NOON, "model_cut", 12)
        assert (row.estimated, row.cost_usd) == (True, 0.5)


def test_nothing_to_keep_is_no_trouble(database: Database) -> None:
    with database.write() as session:
        calls.keep(session, [])
        assert session.scalar(select(func.count(ModelCall.id))) == 0


def test_what_is_older_goes(database: Database) -> None:
    with database.write() as session:
        calls.keep(session, [(NOON - timedelta(days=days), call()) for days in (1, 29, 31)])
        calls.prune(session, NOON - timedelta(days=30))
        assert session.scalar(select(func.count(ModelCall.id))) == 2


def test_the_first_times_are_the_latest_of_one_model_in_order(database: Database) -> None:
    times = [call(first_ms=first) for first in (1, 2, None, 3)]
    with database.write() as session:
        calls.keep(session, [(NOON, record) for record in (*times, call(model="second", first_ms=9))])
        assert calls.first_times(session, "first", 2) == [2, 3]
