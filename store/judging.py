"""Verdicts of a model that judges answers: which are to come, what was said, and how often people say the same."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from store.choosing import of_people
from store.models import Judgement, Message, Person, ReviewItem, now
from store.records import Agreement, ItemFilter


def count(session: Session, wanted: ItemFilter, judge: str, *, since: datetime | None = None) -> tuple[int, int]:
    """How many answers could be judged, and how many of these the judge has not seen."""
    every = session.scalar(_answered(select(func.count()), wanted, since)) or 0
    left = session.scalar(_unseen(_answered(select(func.count()), wanted, since), judge)) or 0
    return every, left


def waiting(
    session: Session, wanted: ItemFilter, judge: str, *, since: datetime | None = None, after: int = 0, limit: int
) -> Sequence[int]:
    """The next answers behind this id that the judge has not seen."""
    query = _unseen(_answered(select(ReviewItem.message_id), wanted, since), judge)
    return session.scalars(
        query.where(ReviewItem.message_id > after).order_by(ReviewItem.message_id).limit(limit)
    ).all()


def keep(session: Session, message_id: int, judge: str, *, faithful: bool, useful: bool) -> bool:
    """Keeps a verdict, in place of the one before; False: the answer is gone."""
    if session.get(Message, message_id) is None:
        return False
    session.merge(Judgement(message_id=message_id, judge=judge, faithful=faithful, useful=useful, created_at=now()))
    session.flush()
    return True


def agreement(session: Session, judge: str) -> Agreement:
    """The judge beside readers' votes, on all real answers that have both."""
    well = (Judgement.faithful & Judgement.useful).label("well")
    query = (
        select(well, ReviewItem.rating, func.count())
        .join(Judgement, Judgement.message_id == ReviewItem.message_id)
        .join(Person, Person.id == ReviewItem.person_id)
        .where(~Person.demo, Judgement.judge == judge, ReviewItem.rating != 0)
        .group_by(well, ReviewItem.rating)
    )
    counted = {(bool(row[0]), int(row[1])): int(row[2]) for row in session.execute(query)}
    return Agreement(
        *(counted.get(place, 0) for place in ((True, 1), (True, -1), (False, 1), (False, -1))),
    )


def _answered(query: Select[Any], wanted: ItemFilter, since: datetime | None) -> Select[Any]:
    return of_people(query, wanted, since).where(ReviewItem.state == "answered")


def _unseen(query: Select[Any], judge: str) -> Select[Any]:
    return query.where(~exists().where(Judgement.message_id == ReviewItem.message_id, Judgement.judge == judge))
