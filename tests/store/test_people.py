"""People and facts: small things kept once."""

from sqlalchemy import func, select

from store import facts, people
from store.engine import Database
from store.models import Person


def test_a_person_is_remembered_once(database: Database) -> None:
    for _ in range(2):
        with database.write() as session:
            people.remember(session, "ana")
    with database.read() as session:
        assert session.scalar(select(func.count(Person.id))) == 1


def test_a_fact_is_replaced_by_the_next_one(database: Database) -> None:
    with database.write() as session:
        assert facts.get(session, "samples") is None
        facts.put(session, "samples", {"documents": 1})
        facts.put(session, "samples", {"documents": 2})
    with database.read() as session:
        assert facts.get(session, "samples") == {"documents": 2}
