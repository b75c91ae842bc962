"""People: who asked, and who reviews."""

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.models import Person, ReviewEvent


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


def named(session: Session, person_ids: Collection[str] | None = None) -> dict[str, str]:
    """Names by id: of these people, or of everybody who has one."""
    query = select(Person.id, Person.name).where(Person.name.is_not(None))
    if person_ids is not None:
        query = query.where(Person.id.in_(person_ids))
    return {person_id: name for person_id, name in session.execute(query) if name}


def rename(session: Session, person_id: str, name: str | None) -> None:
    """Gives a person a name, or with None takes it away."""
    remember(session, person_id)
    session.execute(update(Person).where(Person.id == person_id).values(name=name))


def reviewers(session: Session) -> list[str]:
    """Those who reviewed something, or gave themselves a name to do so."""
    acted = select(ReviewEvent.actor).where(ReviewEvent.actor.is_not(None)).distinct()
    return list(session.scalars(select(Person.id).where(Person.name.is_not(None) | Person.id.in_(acted))))
