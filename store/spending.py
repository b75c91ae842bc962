"""What people asked and what it cost, a row a person and day.

No conversation is linked to it: deleting one gives nothing back.
"""

from datetime import date
from typing import Any

from sqlalchemy import Row, Select, case, func, select, update
from sqlalchemy.orm import Session

from store.models import Person, Spending, now
from store.records import Spent


def today() -> date:
    """The day as it is counted here: that of UTC."""
    return now().date()


def add(session: Session, person_id: str, *, questions: int = 0, usd: float = 0.0, day: date | None = None) -> None:
    """Adds to what a person spent on a day, else today. Somebody who was deleted meanwhile stays deleted."""
    day = day or today()
    row = update(Spending).where(Spending.day == day, Spending.person_id == person_id)
    grown = session.execute(row.values(questions=Spending.questions + questions, cost_usd=Spending.cost_usd + usd))
    if grown.rowcount or session.get(Person, person_id) is None:  # type: ignore[attr-defined]
        return
    session.add(Spending(day=day, person_id=person_id, questions=questions, cost_usd=usd))
    session.flush()


def total(session: Session, day: date) -> Spent:
    """What all together spent on a day and in its month until then."""
    return _spent(session.execute(_sums(day)).one())


def of_person(session: Session, person_id: str, day: date) -> Spent:
    """What one person spent on a day and in its month until then."""
    return _spent(session.execute(_sums(day).where(Spending.person_id == person_id)).one())


def of_each(session: Session, day: date) -> list[Spent]:
    """The same of each person who asked anything in that month."""
    return [_spent(row) for row in session.execute(_sums(day).group_by(Spending.person_id))]


def _sums(day: date) -> Select[Any, Any, Any, Any]:
    of_day = Spending.day == day
    return select(
        func.sum(case((of_day, Spending.questions), else_=0)),
        func.sum(Spending.questions),
        func.sum(case((of_day, Spending.cost_usd), else_=0.0)),
        func.sum(Spending.cost_usd),
    ).where(Spending.day >= day.replace(day=1), Spending.day <= day)


def _spent(row: Row[Any, Any, Any, Any]) -> Spent:
    questions_day, questions_month, usd_day, usd_month = (value or 0 for value in row)
    return Spent(questions_day, questions_month, float(usd_day), float(usd_month))
