"""How guards did over a stretch of time: how sure they were, what they did, what reviewers said.

A stretch is told by its first and last message: ids grow with time, and by them only the answers of the stretch are
read, not all that were ever given. How sure a guard was is counted in steps of a thousandth, from which every
threshold's consequence can be read off (rag/meter.py).
"""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, distinct, func, select, true
from sqlalchemy import cast as converted
from sqlalchemy.orm import Session

from store.models import GuardFinding, GuardReview, Message, Trace
from store.records import BROKEN, PostCounts, Reviewed

STEPS = 1000  # into which how sure a guard is gets counted
Steps = dict[int, int]  # step → how many questions


class Stretch(NamedTuple):
    """Messages from one id to another, both among them."""

    first: int
    last: int


def since(session: Session, moment: datetime) -> Stretch:
    """The messages since then. Looked up by halving: the time when messages were created has no index."""
    last = session.scalar(select(func.max(Message.id))) or 0
    low, high = 1, last + 1
    while low < high:
        middle = (low + high) // 2
        next_one = select(Message.created_at).where(Message.id >= middle).order_by(Message.id).limit(1)
        at = session.scalar(next_one)
        low, high = (low, middle) if at is None or at >= moment else (middle + 1, high)
    return Stretch(low, last)


def scores(session: Session, stretch: Stretch) -> dict[str, Steps]:
    """How sure each guard was of each text, as "stand/guard" → steps."""
    each = func.json_each(Trace.scores).table_valued("key", "value")
    step = step_of(each.c.value)
    counted = select(each.c.key, step, func.count()).select_from(Trace).join(each, true())
    found: dict[str, Steps] = defaultdict(dict)
    for place, at, count in session.execute(
        counted.where(Trace.message_id.between(*stretch)).group_by(each.c.key, step)
    ):
        found[place][at] = count
    return dict(found)


def step_of(score: ColumnElement[float]) -> ColumnElement[int]:
    """Of scores with four digits, as traces keep them, exactly."""
    return converted(func.round(score * 10 * STEPS), Integer) // 10


def posts(session: Session, moment: datetime) -> list[PostCounts]:
    """What each guard did at each stand since then, in answers and chunks: it may find several things in one."""
    broken = (GuardFinding.what == BROKEN).label("broken")
    place = (GuardFinding.guard, GuardFinding.stand)
    counted = select(*place, GuardFinding.action, broken, _texts()).where(GuardFinding.created_at >= moment)
    acted: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    failed: dict[tuple[str, str], int] = {}
    counted = counted.group_by(*place, GuardFinding.action, broken)
    for guard, stand, action, is_broken, count in session.execute(counted):
        if not is_broken:
            acted[guard, stand][action] = count
        elif action == "allow":  # the note of the failure; what followed from it stands beside
            failed[guard, stand] = count
    judged = _judged(session, moment)
    return [
        PostCounts(
            guard,
            stand,
            acted.get((guard, stand), {}),
            failed.get((guard, stand), 0),
            right=judged.get((guard, stand, "right"), 0),
            wrong=judged.get((guard, stand, "wrong"), 0),
        )
        for guard, stand in sorted({*acted, *failed})
    ]


def reviewed(session: Session, stretch: Stretch) -> Reviewed:
    """What became of the appeals and samples."""
    counted = select(GuardReview.kind, GuardReview.verdict, func.count()).where(
        GuardReview.message_id.between(*stretch)
    )
    kinds = (GuardReview.kind, GuardReview.verdict)
    found = {(kind, verdict): count for kind, verdict, count in session.execute(counted.group_by(*kinds))}
    appeals, samples = ([found.get((kind, v), 0) for v in (None, "fine", "attack")] for kind in ("appeal", "sample"))
    return Reviewed(
        answers=session.scalar(select(func.count()).where(Trace.message_id.between(*stretch))) or 0,
        appeals=sum(appeals),
        appeals_decided=sum(appeals[1:]),
        appeals_fine=appeals[1],
        samples=sum(samples),
        samples_decided=sum(samples[1:]),
        samples_attack=samples[2],
    )


def _judged(session: Session, moment: datetime) -> dict[tuple[str, str, str], int]:
    """Answers by guard, stand and what reviewers said of the guard there; chunks likewise."""
    place = (GuardFinding.guard, GuardFinding.stand, GuardFinding.verdict)
    recent = (GuardFinding.created_at >= moment, GuardFinding.verdict.is_not(None))
    counted = select(*place, _texts()).where(*recent).group_by(*place)
    return {(guard, stand, verdict or ""): count for guard, stand, verdict, count in session.execute(counted)}


def _texts() -> ColumnElement[int]:
    """How many answers these findings are about, and chunks."""
    return func.count(distinct(func.coalesce(GuardFinding.message_id, -GuardFinding.chunk_id, -GuardFinding.id)))
