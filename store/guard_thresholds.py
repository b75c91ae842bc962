"""What another threshold of a guard would have changed, read off the stored questions.

Each guard's score is kept with the trace, what was done stands in the findings: so the two can be told apart.
"""

from collections import defaultdict
from typing import cast

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from store.guard_statistics import Steps, Stretch, step_of
from store.models import GuardFinding, Message, Trace
from store.records import BROKEN, STOPPING, AnswerState, ExampleQuestion


def acted_on(session: Session, stretch: Stretch, guard: str, *, stopping: bool) -> tuple[Steps, Steps]:
    """How sure a guard was of questions that were stopped, by whomever, and of those that it stopped alone.

    Not `stopping`: of those that it flagged or masked; they are the same in both.
    """
    before = _before(stretch, guard, stopping=stopping)
    step = step_of(_score(guard))
    counted = select(step, before.c.alone, func.count()).join(Trace, Trace.message_id == before.c.message_id)
    every: Steps = defaultdict(int)
    alone: Steps = defaultdict(int)
    for at, by_itself, count in session.execute(counted.where(step.is_not(None)).group_by(step, before.c.alone)):
        every[at] += count
        if by_itself:
            alone[at] += count
    return dict(every), dict(alone)


def gained(
    session: Session, stretch: Stretch, guard: str, step: int, *, stopping: bool, limit: int
) -> list[ExampleQuestion]:
    """Questions that would be acted on from this step on, and were not; the newest first."""
    was = exists().where(GuardFinding.message_id == Trace.message_id, _acting(guard, stopping=stopping))
    like = _examples(guard, Trace).where(Trace.message_id.between(*stretch), step_of(_score(guard)) >= step, ~was)
    return _found(session, like, limit)


def lost(
    session: Session, stretch: Stretch, guard: str, step: int, *, stopping: bool, limit: int
) -> list[ExampleQuestion]:
    """Questions that were acted on, by this guard alone, and would not be; the newest first."""
    before = _before(stretch, guard, stopping=stopping)
    joined = before.join(Trace, Trace.message_id == before.c.message_id)
    return _found(session, _examples(guard, joined).where(before.c.alone, step_of(_score(guard)) < step), limit)


def _acting(guard: str, *, stopping: bool) -> ColumnElement[bool]:
    """Whether a finding has the question stopped; or, not `stopping`, flagged or masked by this guard."""
    at_question = GuardFinding.stand == "question"
    if stopping:
        return and_(at_question, GuardFinding.action.in_(STOPPING))
    return and_(at_question, GuardFinding.guard == guard, GuardFinding.what != BROKEN)


def _before(stretch: Stretch, guard: str, *, stopping: bool) -> Subquery:
    """The answers of the stretch whose questions were acted on, and whether by this guard alone."""
    own = func.sum(case((and_(GuardFinding.guard == guard, GuardFinding.what != BROKEN), 0), else_=1)) == 0
    acting = select(GuardFinding.message_id, own.label("alone")).where(_acting(guard, stopping=stopping))
    return acting.where(GuardFinding.message_id.between(*stretch)).group_by(GuardFinding.message_id).subquery()


def _score(guard: str) -> ColumnElement[float]:
    score: ColumnElement[float] = Trace.scores[f"question/{guard}"].as_float()
    return score


def _examples(guard: str, source: FromClause | type[Trace]) -> Select[int, str, str | None, float]:
    answer, question = aliased(Message), aliased(Message)
    return (
        select(answer.id, question.text, answer.state, _score(guard))
        .select_from(source)
        .join(answer, answer.id == Trace.message_id)
        .join(question, question.id == answer.reply_to)
        .order_by(Trace.message_id.desc())
    )


def _found(session: Session, like: Select[int, str, str | None, float], limit: int) -> list[ExampleQuestion]:
    rows = session.execute(like.limit(limit)).all()
    return [ExampleQuestion(answer, question, cast(AnswerState, state), sure) for answer, question, state, sure in rows]
