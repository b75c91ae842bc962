"""Chunks that wait for their vectors."""

from typing import Any

from sqlalchemy import event

from store import chunks
from store.engine import Database


def test_an_idle_look_for_waiting_chunks_reads_their_index_alone(database: Database) -> None:
    asked: list[tuple[str, Any]] = []
    with database.read() as session:
        event.listen(session.get_bind(), "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
        chunks.waiting(session, 8)
        statement, values = asked[-1]
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        assert "USING INDEX ix_chunks_waiting" in plan.all()[0].detail
