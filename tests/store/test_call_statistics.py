"""What requests to models and answers were like over a day."""

from datetime import timedelta

import pytest

from store import answers, call_statistics
from store.engine import Database
from store.models import Message
from store.records import AnswerCount, CallStatistics
from tests.store.asking import asked, finished, trace
from tests.store.serving import NOW, called

SINCE = NOW - timedelta(days=1)


def of_calls(database: Database) -> dict[str, CallStatistics]:
    with database.read() as session:
        return call_statistics.of_calls(session, SINCE)


def test_requests_are_summed_by_model(database: Database) -> None:
    with database.write() as session:
        called(session)
        called(session, problem="model_error", first_ms=None, cost_usd=None)
        called(session, "second")
    found = of_calls(database)
    first = found["first"]
    assert (first.calls, first.well, first.input_tokens, first.output_tokens) == (2, 1, 20, 10)
    assert (first.cost_usd, first.unpriced, found["second"].calls) == (0.5, 1, 1)


def test_older_requests_do_not_count(database: Database) -> None:
    with database.write() as session:
        called(session, hours_ago=25)
    assert of_calls(database) == {}


@pytest.mark.parametrize(("count", "half", "most"), [(1, 10, 10), (2, 10, 20), (20, 100, 190), (100, 500, 950)])
def test_percentiles_are_by_nearest_rank(database: Database, count: int, half: float, most: float) -> None:
    """Times of 10, 20, 30 … ms."""
    with database.write() as session:
        for number in range(count):
            called(session, first_ms=10.0 * (number + 1), total_ms=10.0 * (number + 1))
    found = of_calls(database)["first"]
    assert (found.first_p50_ms, found.first_p95_ms) == (half, most)
    assert (found.total_p50_ms, found.total_p95_ms) == (half, most)


def test_latencies_are_those_of_requests_that_went_well(database: Database) -> None:
    with database.write() as session:
        called(session, total_ms=900)
        called(session, total_ms=9000, problem="model_timeout")
    assert of_calls(database)["first"].total_p95_ms == 900


def test_a_model_that_only_failed_has_no_latencies(database: Database) -> None:
    with database.write() as session:
        called(session, problem="model_unreachable", first_ms=None)
    found = of_calls(database)["first"]
    assert (found.calls, found.well, found.first_p50_ms, found.total_p95_ms) == (1, 0, None, None)


def test_answers_are_counted_by_state_and_writer(database: Database) -> None:
    with database.write() as session:
        for number in range(3):
            *_, answer_id = asked(session)
            writer = "first" if number else "extractive"
            answers.finish(session, answer_id, finished(writer=writer), trace(id=f"t{number}"))
    with database.read() as session:
        found = call_statistics.of_answers(session, SINCE)
    assert found == [AnswerCount("answered", "first", 2), AnswerCount("answered", "extractive", 1)]


def test_answers_of_the_day_before_do_not_count(database: Database) -> None:
    with database.write() as session:
        *_, old = asked(session)
        session.get_one(Message, old).created_at = SINCE - timedelta(hours=1)
        asked(session)
    with database.read() as session:
        assert call_statistics.of_answers(session, SINCE) == [AnswerCount("writing", None, 1)]
