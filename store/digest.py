"""What the weekly report asks for besides the figures of quality: people, what is owed to readers, what expired."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from store.models import Feedback, ItemFacet, Reply, ReviewItem, VerifiedAnswer


def people(session: Session, first: date, last: date) -> int:
    """How many people asked something in these days."""
    query = select(func.count(ReviewItem.person_id.distinct())).where(ReviewItem.day.between(first, last))
    return session.scalar(query) or 0


def reasons(session: Session, first: date, last: date) -> dict[str, int]:
    """How many answers of these days were given each reason, the most frequent first."""
    query = (
        select(ItemFacet.label, func.count())
        .join(ReviewItem, ReviewItem.message_id == ItemFacet.message_id)
        .where(ItemFacet.kind == "reason", ReviewItem.day.between(first, last))
        .group_by(ItemFacet.label)
        .order_by(func.count().desc(), ItemFacet.label)
    )
    return {label: count for label, count in session.execute(query)}  # noqa: C416


def owed(session: Session, first: date, last: date, limit: int) -> tuple[int, list[int]]:
    """Answers of these days whose reader took the trouble to write, and that nobody replied to or closed: how many,
    and the first of them, the longest waiting first."""
    query = _owed(first, last)
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    return count, list(session.scalars(query.order_by(ReviewItem.message_id).limit(limit)))


def expired(session: Session, first: date, last: date) -> list[int]:
    """Verified answers that stopped being served in these days, because a source changed; the latest first."""
    begin, end = (datetime.combine(day, time(), UTC) for day in (first, last + timedelta(days=1)))
    changed = VerifiedAnswer.changed_at
    query = select(VerifiedAnswer.id).where(VerifiedAnswer.state == "expired", changed >= begin, changed < end)
    return list(session.scalars(query.order_by(changed.desc())))


def demo(session: Session, demo_people: Select[str], first: date, last: date) -> int:
    """How many answers of these days are invented."""
    query = select(func.count()).select_from(ReviewItem)
    return session.scalar(query.where(ReviewItem.day.between(first, last), ReviewItem.person_id.in_(demo_people))) or 0


def _owed(first: date, last: date) -> Select[int]:
    wrote = exists().where(
        Feedback.message_id == ReviewItem.message_id,
        Feedback.current,
        or_(Feedback.comment != "", Feedback.correction.is_not(None)),
        Feedback.rating <= 0,
    )
    replied = exists().where(Reply.message_id == ReviewItem.message_id)
    is_open = ReviewItem.status.in_(("new", "in_review"))
    said = or_(ReviewItem.rating < 0, ReviewItem.corrected)
    return select(ReviewItem.message_id).where(ReviewItem.day.between(first, last), said, is_open, wrote, ~replied)
