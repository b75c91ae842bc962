"""How often one person may ask: in memory and in SQL, before anything is stored."""

import pytest
from sqlalchemy import func, select

from rag.house import House
from rag.limits import RateLimit, TooManyQuestions
from rag.settings import Limits
from store import rate_windows
from store.engine import Database
from store.models import RateWindow
from tests.conftest import BuildHouse

ANA, BEN = "ana", "ben"
KEPT = pytest.mark.parametrize("kept_in", ["memory", "sql"])


def rate(database: Database, **limits: object) -> RateLimit:
    return RateLimit(Limits.model_validate(limits), database)


@KEPT
def test_who_asks_too_often_is_told_when_to_come_back(database: Database, kept_in: str) -> None:
    limit = rate(database, questions_per_minute=2, kept_in=kept_in)
    limit.hit(ANA)
    limit.hit(ANA)
    with pytest.raises(TooManyQuestions) as raised:
        limit.hit(ANA)

    assert 1 <= raised.value.retry_after_s <= 60


@KEPT
def test_others_may_go_on(database: Database, kept_in: str) -> None:
    limit = rate(database, questions_per_minute=1, kept_in=kept_in)
    limit.hit(ANA)
    limit.hit(BEN)
    for person in (ANA, BEN):
        with pytest.raises(TooManyQuestions):
            limit.hit(person)


@KEPT
def test_the_hour_has_a_limit_of_its_own(database: Database, kept_in: str) -> None:
    limit = rate(database, questions_per_minute=5, questions_per_hour=1, kept_in=kept_in)
    limit.hit(ANA)
    with pytest.raises(TooManyQuestions) as raised:
        limit.hit(ANA)

    assert 60 < raised.value.retry_after_s <= 3600


@KEPT
def test_no_limit_counts_nothing(database: Database, kept_in: str) -> None:
    limit = rate(database, questions_per_minute=0, kept_in=kept_in)
    for _ in range(50):
        limit.hit(ANA)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(RateWindow)) == 0


def test_processes_on_one_database_count_together(database: Database) -> None:
    one, other = (rate(database, questions_per_minute=1, kept_in="sql") for _ in range(2))
    one.hit(ANA)
    with pytest.raises(TooManyQuestions):
        other.hit(ANA)


def test_an_expired_window_begins_anew_and_is_removed_with_others(database: Database) -> None:
    with database.write() as session:
        rate_windows.grow(session, "old", seconds=-1, amount=5)
        counts = [rate_windows.grow(session, "new", seconds=60, amount=1) for _ in range(2)]
        left = rate_windows.expiry(session, "old")

    assert (counts, left) == ([1, 2], None)


def test_a_question_too_many_stores_nothing(build_house: BuildHouse) -> None:
    house: House = build_house(limits=Limits(questions_per_minute=1))
    first = house.assistant.ask(ANA, "How late?")
    with pytest.raises(TooManyQuestions):
        house.assistant.ask(ANA, "How early?")
    with pytest.raises(TooManyQuestions):
        house.assistant.ask_again(ANA, first.question_id)

    assert [found.title for found in house.assistant.history(ANA)] == ["How late?"]
