"""People: who asked."""

from sqlalchemy.orm import Session

from store.models import Person


def remember(session: Session, person_id: str) -> None:
    """Notes that this person exists."""
    if session.get(Person, person_id) is None:
        session.add(Person(id=person_id))
        session.flush()


def consent(session: Session, person_id: str) -> bool | None:
    """Whether this person lets their actions be noted; None: they did not say."""
    person = session.get(Person, person_id)
    return person.consent if person else None


def say(session: Session, person_id: str, *, consent: bool) -> None:
    """Keeps what a person says about their actions being noted."""
    remember(session, person_id)
    session.get_one(Person, person_id).consent = consent
