"""The traffic that costs are reckoned from: counted on the narrow rows of review_items."""

from datetime import date

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session, aliased

from store.models import Message, Person, ReviewItem, Trace
from store.records import LengthsRecord, TrafficRecord

DAY, HOUR = len("2026-11-21 "), len("2026-11-21 21")  # of a moment as text


def since(session: Session, first: date) -> TrafficRecord:
    """What was asked from this day on; what was refused cost nothing, and would not elsewhere."""
    asked = (ReviewItem.day >= first, ReviewItem.state != "refused")
    by_day = select(ReviewItem.day, func.count()).where(*asked).group_by(ReviewItem.day)
    hour = func.substr(cast(ReviewItem.created_at, String), 1, HOUR).label("hour")
    hours = {row[0]: row[1] for row in session.execute(select(hour, func.count()).where(*asked).group_by(hour))}
    demo = select(func.count()).select_from(ReviewItem).join(Person, Person.id == ReviewItem.person_id)
    tokens = select(
        func.count(),
        func.sum(ReviewItem.input_tokens),
        func.sum(ReviewItem.output_tokens),
        func.sum(ReviewItem.cost_usd),
    ).where(*asked, ReviewItem.output_tokens > 0)
    measured, taken, given, cost = session.execute(tokens).one()
    return TrafficRecord(
        by_day={row[0]: row[1] for row in session.execute(by_day)},
        by_hour=tuple(sum(n for at, n in hours.items() if int(at[DAY:]) == of_day) for of_day in range(24)),
        peak_hour=max(hours.values(), default=0),
        demo=session.scalar(demo.where(*asked, Person.demo)) or 0,
        measured=measured,
        input_tokens=taken or 0,
        output_tokens=given or 0,
        cost_usd=cost or 0.0,
        total_ms=session.scalar(select(func.avg(ReviewItem.total_ms)).where(*asked)),
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
