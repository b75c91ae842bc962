"""What requests to models and answers were like over a stretch of time.

SQLite knows no percentiles, and sorting 100,000 requests takes longer than a page may: they are counted in steps of
ten milliseconds instead, and the step in which a percentile falls is looked up in the counts.
"""

from datetime import datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.models import Message, ModelCall
from store.records import AnswerCount, CallStatistics

STEP_MS = 10
Steps = dict[int, int]  # step → how many requests took so long


def of_calls(session: Session, since: datetime) -> dict[str, CallStatistics]:
    """By model; a model that was not asked is not there."""
    summed = (
        select(
            ModelCall.model,
            func.count(),
            func.count().filter(ModelCall.problem.is_(None)),
            func.sum(ModelCall.input_tokens),
            func.sum(ModelCall.output_tokens),
            func.sum(ModelCall.cost_usd),
            func.count().filter(ModelCall.cost_usd.is_(None)),
        )
        .where(ModelCall.created_at >= since)
        .group_by(ModelCall.model)
    )
    found = {}
    for model, calls, well, given, taken, cost, unpriced in session.execute(summed).all():
        first = _steps(session, model, ModelCall.first_ms, since)
        total = _steps(session, model, ModelCall.total_ms, since)
        found[model] = CallStatistics(
            model=model,
            calls=calls,
            well=well,
            first_p50_ms=_percentile(first, 50),
            first_p95_ms=_percentile(first, 95),
            total_p50_ms=_percentile(total, 50),
            total_p95_ms=_percentile(total, 95),
            input_tokens=given,
            output_tokens=taken,
            cost_usd=cost or 0.0,
            unpriced=unpriced,
        )
    return found


def of_answers(session: Session, since: datetime) -> list[AnswerCount]:
    """Answers that were begun since then, the most frequent first."""
    # Ids grow with time: going back from the latest, only answers of that stretch are looked at.
    before = select(Message.id).where(Message.created_at < since).order_by(Message.id.desc()).limit(1)
    number = func.count(Message.id)
    counted = (
        select(Message.state, Message.writer, number)
        .where(Message.role == "answer", Message.id > func.coalesce(before.scalar_subquery(), 0))
        .group_by(Message.state, Message.writer)
        .order_by(number.desc(), Message.state, Message.writer)
    )
    return [AnswerCount(state or "", writer, count) for state, writer, count in session.execute(counted)]


def _steps(session: Session, model: str, column: InstrumentedAttribute[Any], since: datetime) -> Steps:
    """How many requests that went well took so long. A model at a time: two columns to group by take twice as long."""
    step = cast(column / STEP_MS, Integer)
    of_model = (ModelCall.model == model, ModelCall.created_at >= since, ModelCall.problem.is_(None))
    counted = select(step, func.count()).where(*of_model, column.is_not(None)).group_by(step)
    return dict(session.execute(counted).all())


def _percentile(steps: Steps, percent: int) -> float | None:
    """The nearest rank: the first step within which so many requests in a hundred ended."""
    ordered = sorted(steps)
    reached = accumulate(steps[step] for step in ordered)
    wanted = sum(steps.values()) * percent / 100
    return next(
        (float(step * STEP_MS) for step, so_far in zip(ordered, reached, strict=True) if so_far >= wanted), None
    )
