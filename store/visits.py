"""Visits: a person's questions with no more than half an hour between them."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import Visit, now

GAP = timedelta(minutes=30)  # as web analytics draw the line between two sessions
RETURN = timedelta(days=7)


def question(session: Session, person_id: str) -> bool:
    """Counts a question into the person's visit; gives whether they came back, after an earlier visit, to ask it."""
    at = now()
    latest = select(Visit).where(Visit.person_id == person_id).order_by(Visit.started_at.desc(), Visit.id.desc())
    visit = session.scalar(latest.limit(1))
    if visit and at - visit.last_at < GAP:
        visit.last_at, visit.questions = at, visit.questions + 1
        return False
    if visit and at - visit.last_at <= RETURN:
        visit.returned = True
    session.add(Visit(person_id=person_id, started_at=at, last_at=at, day=at.date(), questions=1))
    return visit is not None
