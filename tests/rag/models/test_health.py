"""The health of models as processes share it, and what happens without a database."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from rag.models import breaker, health
from rag.models.breaker import Rules
from rag.models.health import HealthBook
from store.engine import Database
from store.records import HealthRecord

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
RULES = Rules(failures_to_rest=1, rest_s=30, probe_s=100)


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


def fail(before: HealthRecord) -> HealthRecord:
    return breaker.failed(before, "model_error", NOON, RULES)


def test_a_change_is_seen_by_other_processes(database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "FRESH_S", 0)
    one, other = HealthBook(database, now=clock), HealthBook(database, now=clock)
    one.change("first", fail)
    assert (one.of("first").state, other.of("first").state) == ("open", "open")


def test_a_question_costs_no_query_while_what_is_known_is_fresh(database: Database, clock: Clock) -> None:
    one, other = HealthBook(database, now=clock), HealthBook(database, now=clock)
    assert other.of("first").state == "closed"
    one.change("first", fail)
    assert other.of("first").state == "closed"


def test_one_of_many_takes_the_probe(database: Database, clock: Clock) -> None:
    books = [HealthBook(database, now=clock) for _ in range(8)]
    books[0].change("first", fail)
    clock.time += timedelta(seconds=30)
    won: list[bool] = []
    threads = [threading.Thread(target=lambda book=book: won.append(book.claim("first", RULES))) for book in books]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]


def test_a_probe_whose_process_died_is_followed_by_another(database: Database, clock: Clock) -> None:
    one, other = HealthBook(database, now=clock), HealthBook(database, now=clock)
    one.change("first", fail)
    claims = []
    for seconds in (30, 99, 100):
        clock.time = NOON + timedelta(seconds=30 + (seconds if seconds > 30 else 0))
        claims.append(other.claim("first", RULES))
    assert claims == [True, False, True]


def test_without_the_database_a_process_goes_by_what_it_knows(
    tmp_path: object, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    book = HealthBook(Database(f"sqlite:///{tmp_path}/no/such/folder.db"), now=clock)
    assert book.of("first").state == "closed"
    book.change("first", fail)
    assert book.of("first").state == "open"
    clock.time += timedelta(seconds=30)
    assert [book.claim("first", RULES), book.claim("first", RULES)] == [True, False]
    assert "this process only" in caplog.text
