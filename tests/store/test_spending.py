"""What people asked and what it cost: it adds up by day and month, and outlives conversations."""

import threading
from datetime import date

from sqlalchemy import delete

from store import conversations, people, spending
from store.engine import Database
from store.models import Person
from store.records import Spent
from tests.store.asking import ANA, BEN, asked

TODAY = date(2026, 3, 15)


def spend(database: Database, person: str, day: date, questions: int, usd: float) -> None:
    with database.write() as session:
        people.remember(session, person)
        spending.add(session, person, questions=questions, usd=usd, day=day)


def total(database: Database, day: date = TODAY) -> Spent:
    with database.read() as session:
        return spending.total(session, day)


def test_nothing_was_spent_at_first(database: Database) -> None:
    with database.read() as session:
        assert (total(database), spending.of_person(session, ANA, TODAY)) == (Spent(), Spent())
        assert spending.of_each(session, TODAY) == []


def test_it_adds_up_by_day_and_month(database: Database) -> None:
    spend(database, ANA, TODAY, 1, 0.25)
    spend(database, ANA, TODAY, 2, 0.5)
    spend(database, ANA, date(2026, 3, 1), 4, 1.0)
    spend(database, ANA, date(2026, 2, 28), 8, 2.0)

    assert total(database) == Spent(3, 7, 0.75, 1.75)


def test_each_person_has_an_account(database: Database) -> None:
    spend(database, ANA, TODAY, 1, 0.25)
    spend(database, BEN, TODAY, 2, 0.5)
    with database.read() as session:
        mine, each = spending.of_person(session, BEN, TODAY), spending.of_each(session, TODAY)

    assert (mine, total(database)) == (Spent(2, 2, 0.5, 0.5), Spent(3, 3, 0.75, 0.75))
    assert sorted(one.usd_day for one in each) == [0.25, 0.5]


def test_a_new_month_begins_at_nothing(database: Database) -> None:
    spend(database, ANA, TODAY, 1, 0.25)

    assert total(database, date(2026, 4, 1)) == Spent()


def test_deleting_a_conversation_gives_nothing_back(database: Database) -> None:
    spend(database, ANA, TODAY, 1, 0.25)
    with database.write() as session:
        conversation_id, _, _ = asked(session)
        conversations.forget(session, ANA, conversation_id)

    assert total(database) == Spent(1, 1, 0.25, 0.25)


def test_what_somebody_deleted_still_costs_is_not_kept(database: Database) -> None:
    spend(database, ANA, TODAY, 1, 0.25)
    with database.write() as session:
        session.execute(delete(Person))
        spending.add(session, ANA, usd=0.5)

    assert total(database) == Spent()


def test_many_at_once_lose_nothing(database: Database) -> None:
    adding = [threading.Thread(target=spend, args=(database, ANA, TODAY, 1, 0.5)) for _ in range(16)]
    for thread in adding:
        thread.start()
    for thread in adding:
        thread.join()

    assert total(database) == Spent(16, 16, 8.0, 8.0)
