"""People: who asked."""

from sqlalchemy.orm import Session

from store.models import Person


def remember(session: Session, person_id: str) -> None:
    """Notes that this person exists."""
    if session.get(Person, person_id) is None:
        session.add(Person(id=person_id))
        session.flush()
