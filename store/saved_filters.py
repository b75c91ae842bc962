"""Ways of looking at the inbox that people gave a name: each is somebody's own, or shared by all."""

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from store import people
from store.models import SavedFilter
from store.records.inbox import SavedFilterRecord


def of(session: Session, person: str) -> list[SavedFilterRecord]:
    """A person's own, and those that all share, by name."""
    theirs = or_(SavedFilter.owner == person, SavedFilter.owner.is_(None))
    return [_record(row) for row in session.scalars(select(SavedFilter).where(theirs).order_by(*_BY_NAME))]


def save(session: Session, name: str, wanted: dict[str, str], by: str, *, shared: bool) -> None:
    """Keeps a filter under this name, in place of the person's own of that name, or of the one that all share."""
    people.remember(session, by)
    owner = None if shared else by
    session.execute(delete(SavedFilter).where(SavedFilter.name == name, SavedFilter.owner.is_not_distinct_from(owner)))
    session.add(SavedFilter(name=name, wanted=wanted, owner=owner, by=by))


def get(session: Session, filter_id: int) -> SavedFilterRecord | None:
    row = session.get(SavedFilter, filter_id)
    return _record(row) if row else None


def rename(session: Session, filter_id: int, name: str) -> None:
    session.execute(update(SavedFilter).where(SavedFilter.id == filter_id).values(name=name))


def give(session: Session, filter_id: int, owner: str | None) -> None:
    """Makes it this person's own, or with None everybody's."""
    session.execute(update(SavedFilter).where(SavedFilter.id == filter_id).values(owner=owner))


def remove(session: Session, filter_id: int) -> None:
    session.execute(delete(SavedFilter).where(SavedFilter.id == filter_id))


_BY_NAME = (SavedFilter.name, SavedFilter.id)


def _record(row: SavedFilter) -> SavedFilterRecord:
    return SavedFilterRecord(row.id, row.name, row.wanted, row.by, row.owner)
