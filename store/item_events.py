"""What people do with items: status, assignee, tags and notes, and the history of each item.

Every change is an event; the last one stands. Items that are gone meanwhile are left out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from store import history as events
from store import people
from store.models import ItemFacet, Person, ReviewEvent, ReviewItem, now
from store.records.inbox import EventRecord, ItemAct, Undo

CLOSED = ("fixed", "wont_fix")
BATCH = 2000  # items in one statement
Own = Literal["status", "assignee"]
Earlier = Mapping[str | None, Sequence[int]]  # items by the value they had


def put(session: Session, message_ids: Sequence[int], own: Own, value: str | None, actor: str) -> Earlier:
    """Gives items a status or an assignee; gives what those that did not have it had before."""
    people.remember(session, actor)
    if own == "assignee" and value is not None and session.get(Person, value) is None:
        value = None  # they are gone
    column = getattr(ReviewItem, own)
    earlier: dict[str | None, list[int]] = defaultdict(list)
    for part in _parts(message_ids):
        before = session.execute(select(ReviewItem.message_id, column).where(ReviewItem.message_id.in_(part)))
        had = {message_id: old for message_id, old in before if old != value}
        if had:
            changed = update(ReviewItem).where(ReviewItem.message_id.in_(had))
            session.execute(changed.values({own: value, "changed_at": now()}))
            _note_all(session, actor, own, {one: f"{old or ''}>{value or ''}" for one, old in had.items()})
        for message_id, old in had.items():
            earlier[old].append(message_id)
    return earlier


def tag(session: Session, message_ids: Sequence[int], label: str, actor: str, *, on: bool) -> list[int]:
    """Puts a tag on items, or takes it from them; gives those that it changed."""
    people.remember(session, actor)
    changed: list[int] = []
    for part in _parts(message_ids):
        there = select(ReviewItem.message_id).where(ReviewItem.message_id.in_(part))
        having = (ItemFacet.message_id.in_(part), ItemFacet.kind == "tag", ItemFacet.label == label)
        tagged = set(session.scalars(select(ItemFacet.message_id).where(*having)))
        wanted = [one for one in session.scalars(there) if (one in tagged) != on]
        if wanted and on:
            rows = [{"message_id": one, "kind": "tag", "label": label} for one in wanted]
            session.execute(insert(ItemFacet), rows)
        elif wanted:
            session.execute(delete(ItemFacet).where(*having))
        _note_all(session, actor, "tag", dict.fromkeys(wanted, f"{'+' if on else '-'}{label}"))
        changed += wanted
    return changed


def do(session: Session, message_ids: Sequence[int], act: ItemAct, actor: str) -> Undo:
    """Does this with items; gives what would bring back what was, for those that it changed."""
    match act.kind:
        case "tag" | "untag":
            changed = tag(session, message_ids, act.value or "", actor, on=act.kind == "tag")
            back = ItemAct("untag" if act.kind == "tag" else "tag", act.value)
            return ((back, tuple(changed)),) if changed else ()
        case own:
            earlier = put(session, message_ids, own, act.value, actor)
            return tuple((ItemAct(own, value), tuple(items)) for value, items in earlier.items())


def still(session: Session, message_ids: Sequence[int], act: ItemAct) -> list[int]:
    """Those of these items that are as this act made them; of tags nothing is asked."""
    if act.kind in ("tag", "untag"):
        return list(message_ids)
    as_made = getattr(ReviewItem, act.kind).is_not_distinct_from(act.value)
    query = select(ReviewItem.message_id).where(as_made)
    return [
        one for part in _parts(message_ids) for one in session.scalars(query.where(ReviewItem.message_id.in_(part)))
    ]


def reopen(session: Session, message_id: int, why: str) -> None:
    """A closed item is new again, since its reader said more: its history tells what, in the words of the app."""
    before = session.scalar(select(ReviewItem.status).where(ReviewItem.message_id == message_id))
    if before in CLOSED:
        back = update(ReviewItem).where(ReviewItem.message_id == message_id)
        session.execute(back.values(status="new", changed_at=now()))
        events.note(session, message_id, None, "reopened", f"{before}>{why}")


def note(session: Session, message_id: int, text: str, actor: str) -> bool:
    """Keeps a note; gives False when the item is gone."""
    if session.get(ReviewItem, message_id) is None:
        return False
    events.note(session, message_id, actor, "note", text)
    return True


def history(session: Session, message_id: int, *, after: int = 0) -> list[EventRecord]:
    """What was done with an item, the earliest first; with `after` what came after that event."""
    query = select(ReviewEvent).where(ReviewEvent.message_id == message_id, ReviewEvent.id > after)
    return [
        EventRecord(row.id, row.message_id, row.actor, row.kind, row.detail, row.created_at)
        for row in session.scalars(query.order_by(ReviewEvent.id))
    ]


def standing(session: Session, message_id: int) -> tuple[str, str | None] | None:
    """Status and assignee of an item; None when it is gone."""
    query = select(ReviewItem.status, ReviewItem.assignee).where(ReviewItem.message_id == message_id)
    found = session.execute(query).first()
    return (found[0], found[1]) if found else None


def tags(session: Session, message_id: int) -> list[str]:
    """The tags of an item."""
    query = select(ItemFacet.label).where(ItemFacet.message_id == message_id, ItemFacet.kind == "tag")
    return list(session.scalars(query.order_by(ItemFacet.label)))


def _parts(message_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (message_ids[start : start + BATCH] for start in range(0, len(message_ids), BATCH))


def _note_all(session: Session, actor: str, kind: str, details: Mapping[int, str]) -> None:
    at = now()
    rows = [
        {"message_id": one, "actor": actor, "kind": kind, "detail": detail, "created_at": at}
        for one, detail in details.items()
    ]
    if rows:
        session.execute(insert(ReviewEvent), rows)
