"""Ways of looking at the inbox that people gave a name: everybody may use, change and delete them."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store import people
from store.models import SavedFilter
from store.records.inbox import SavedFilterRecord


def every(session: Session) -> list[SavedFilterRecord]:
    """All of them, by name."""
    rows = session.scalars(select(SavedFilter).order_by(SavedFilter.name, SavedFilter.id))
    return [SavedFilterRecord(row.id, row.name, row.wanted, row.by) for row in rows]


def save(session: Session, name: str, wanted: dict[str, str], by: str) -> None:
    """Keeps a filter under this name, in place of one that has it already."""
    people.remember(session, by)
    row = session.scalar(select(SavedFilter).where(SavedFilter.name == name))
    if row:
        row.wanted, row.by = wanted, by
    else:
        session.add(SavedFilter(name=name, wanted=wanted, by=by))


def rename(session: Session, filter_id: int, name: str) -> bool:
    """Gives a filter another name; False when that one is taken, or the filter gone."""
    taken = session.scalar(select(SavedFilter.id).where(SavedFilter.name == name, SavedFilter.id != filter_id))
    if taken is not None or session.get(SavedFilter, filter_id) is None:
        return False
    session.execute(update(SavedFilter).where(SavedFilter.id == filter_id).values(name=name))
    return True


def remove(session: Session, filter_id: int) -> None:
    session.execute(delete(SavedFilter).where(SavedFilter.id == filter_id))
