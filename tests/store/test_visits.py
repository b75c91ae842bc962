"""Visits: where one ends, and whether somebody came back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from store import people, visits
from store.engine import Database
from store.models import Visit, now
from tests.store.asking import ANA


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(minutes=29), [(2, False)]),
        (timedelta(minutes=31), [(1, True), (1, False)]),
        (timedelta(days=8), [(1, False), (1, False)]),
    ],
)
def test_half_an_hour_ends_a_visit_and_a_week_a_return(
    database: Database, ago: timedelta, expected: list[tuple[int, bool]]
) -> None:
    with database.write() as session:
        people.remember(session, ANA)
        first = visits.question(session, ANA)
        visit = session.scalars(select(Visit)).one()
        visit.started_at = visit.last_at = now() - ago
        again = visits.question(session, ANA)
        kept = session.execute(select(Visit.questions, Visit.returned).order_by(Visit.id)).all()
    assert ([tuple(one) for one in kept], first, again) == (expected, False, len(expected) == 2)
