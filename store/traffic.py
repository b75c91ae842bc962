"""The traffic that costs are reckoned from: counted on the narrow rows of review_items."""

from collections import defaultdict
from datetime import UTC, date, datetime, time

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session, aliased

from store.models import Message, Person, ReviewItem, Trace
from store.records import LengthsRecord, TrafficRecord

DAY, HOUR = len("2026-11-21 "), len("2026-11-21 21")  # of a moment as text


def since(session: Session, first: date) -> TrafficRecord:
    """What was asked from this day on; what was refused cost nothing, and would not elsewhere.

    One pass over the rows, by the hour: going by an index of days would look up each of them.
    """
    hour = func.substr(cast(ReviewItem.created_at, String), 1, HOUR)
    invented = ReviewItem.person_id.in_(select(Person.id).where(Person.demo))
    told = ReviewItem.output_tokens > 0
    query = (
        select(
            hour,
            func.count(),
            func.count().filter(invented),
            func.count().filter(told),
            func.sum(ReviewItem.input_tokens).filter(told),
            func.sum(ReviewItem.output_tokens),
            func.sum(ReviewItem.cost_usd),
            func.sum(ReviewItem.total_ms),
            func.count(ReviewItem.total_ms),
        )
        .where(ReviewItem.created_at >= datetime.combine(first, time(), UTC), ReviewItem.state != "refused")
        .group_by(hour)
    )
    hours = list(session.execute(query))
    by_day: dict[date, int] = defaultdict(int)
    by_hour = [0] * 24
    for at, questions, *_ in hours:
        by_day[date.fromisoformat(at[: DAY - 1])] += questions
        by_hour[int(at[DAY:])] += questions
    sums = [sum(row[at] or 0 for row in hours) for at in range(2, 9)]
    demo, measured, taken, given, cost, took, timed = sums
    return TrafficRecord(
        by_day=dict(by_day),
        by_hour=tuple(by_hour),
        peak_hour=max((row[1] for row in hours), default=0),
        demo=demo,
        measured=measured,
        input_tokens=taken,
        output_tokens=given,
        cost_usd=float(cost),
        total_ms=took / timed if timed else None,
    )


def lengths(session: Session, answers: int) -> LengthsRecord:
    """Of the latest answers that stand in passages: so many are looked at."""
    question = aliased(Message)
    query = (
        select(Trace.passages, func.length(question.text), func.length(Message.text))
        .join(ReviewItem, ReviewItem.message_id == Trace.message_id)
        .join(Message, Message.id == Trace.message_id)
        .join(question, question.id == Message.reply_to)
        .where(ReviewItem.state == "answered")
        .order_by(Trace.message_id.desc())
        .limit(answers)
    )
    rows = [
        (sum(one["end"] - one["start"] for one in passages), asked, said)
        for passages, asked, said in session.execute(query)
    ]
    if not rows:
        return LengthsRecord(0)
    passages, asked, said = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return LengthsRecord(len(rows), passages, asked, said)
