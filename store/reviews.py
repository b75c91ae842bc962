"""What reviewers are asked about: refusals that readers appeal, and a sample of the questions that were let pass."""

from collections.abc import Iterable, Sequence
from typing import cast

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from store import findings, item_events, items
from store.models import GuardFinding, GuardReview, Message, Trace, now
from store.records import (
    BROKEN,
    STOPPING,
    AnswerState,
    FindingRecord,
    ReviewFilter,
    ReviewKind,
    ReviewRecord,
    ReviewVerdict,
)

_NEWEST = (GuardReview.created_at.desc(), GuardReview.id.desc())
_SAYS: dict[str | None, str | None] = {"fine": "wrong", "attack": "right", None: None}


def appeal(session: Session, message_id: int) -> bool:
    """Asks reviewers about an answer that guards refused; gives False when that is done already, or it was not."""
    found = exists().where(
        GuardFinding.message_id == message_id,
        GuardFinding.stand.in_(("question", "answer")),
        GuardFinding.action.in_(STOPPING),
    )
    is_new = _ask(session, message_id, "appeal", Message.state == "refused", found)
    if is_new:
        items.refresh(session, [message_id])
        item_events.reopen(session, message_id, "says that the question was fine")
    return is_new


def sample(session: Session, message_id: int) -> bool:
    """Asks reviewers about a question that was let pass; an answer deleted meanwhile is left out."""
    return _ask(session, message_id, "sample", Message.state != "refused")


def appealed(session: Session, message_ids: Iterable[int]) -> set[int]:
    """Those of these answers whose readers said that the question was fine."""
    asked = GuardReview.message_id.in_(list(message_ids))
    return set(session.scalars(select(GuardReview.message_id).where(asked, GuardReview.kind == "appeal")))


def decide(session: Session, message_id: int, verdict: ReviewVerdict | None) -> bool:
    """Keeps what a reviewer says, and with it whether the guards were right; None takes it back.

    Gives False when there is nothing to decide any more.
    """
    at = now() if verdict else None
    asked = update(GuardReview).where(GuardReview.message_id == message_id)
    changed = session.execute(asked.values(verdict=verdict, reviewed_at=at))
    judged = update(GuardFinding).where(GuardFinding.message_id == message_id, _is_judged())
    session.execute(judged.values(verdict=_SAYS[verdict], reviewed_at=at).execution_options(synchronize_session=False))
    return cast(int, changed.rowcount) > 0  # type: ignore[attr-defined]


def of_answers(session: Session, message_ids: Iterable[int]) -> list[ReviewRecord]:
    """What reviewers are asked about these answers, the newest first."""
    rows = session.execute(_whole().where(GuardReview.message_id.in_(list(message_ids))).order_by(*_NEWEST)).all()
    return _records(session, rows)


def page(session: Session, wanted: ReviewFilter, *, limit: int, offset: int = 0) -> list[ReviewRecord]:
    """A page of what is asked, the newest first."""
    # First which ones, by the index or sorted without their words.
    chosen = select(GuardReview.message_id).where(*_like(wanted)).order_by(*_NEWEST).limit(limit).offset(offset)
    return of_answers(session, session.scalars(chosen))


def count(session: Session, wanted: ReviewFilter) -> int:
    """How many there are in all."""
    return session.scalar(select(func.count()).select_from(GuardReview).where(*_like(wanted))) or 0


def _ask(session: Session, message_id: int, kind: ReviewKind, *conditions: ColumnElement[bool]) -> bool:
    already = exists().where(GuardReview.message_id == message_id)
    row = select(Message.id, literal(kind), literal(now(), GuardReview.created_at.type))
    names = ["message_id", "kind", "created_at"]
    asked = insert(GuardReview).from_select(names, row.where(Message.id == message_id, ~already, *conditions))
    return cast(int, session.execute(asked).rowcount) > 0  # type: ignore[attr-defined]


def _is_judged() -> ColumnElement[bool]:
    """Whether a verdict about the question says something about a finding.

    Masks do not claim that a question is an attack. What was found in an answer does only if it was refused for it;
    a draft that was mended is another matter.
    """
    refused = exists().where(Message.id == GuardFinding.message_id, Message.state == "refused")
    return and_(
        GuardFinding.what != BROKEN,
        or_(
            and_(GuardFinding.stand == "question", GuardFinding.action.in_(("flag", *STOPPING))),
            and_(GuardFinding.stand == "answer", GuardFinding.action.in_(STOPPING), refused),
        ),
    )


def _like(wanted: ReviewFilter) -> list[ColumnElement[bool]]:
    if wanted == "decided":
        return [GuardReview.verdict.in_(("fine", "attack"))]
    still_open = GuardReview.verdict.is_(None)
    return [still_open] if wanted == "open" else [still_open, GuardReview.kind == wanted]


def _whole() -> Select[GuardReview, str, str, str | None, dict[str, float]]:
    answer, question = aliased(Message), aliased(Message)
    return (
        select(GuardReview, question.text, answer.text, answer.state, Trace.scores)
        .join(answer, answer.id == GuardReview.message_id)
        .join(question, question.id == answer.reply_to)
        .outerjoin(Trace, Trace.message_id == GuardReview.message_id)
    )


def _records(
    session: Session, rows: Sequence[Row[GuardReview, str, str, str | None, dict[str, float]]]
) -> list[ReviewRecord]:
    found: dict[int, list[FindingRecord]] = findings.of_answers(session, [row[0].message_id for row in rows])
    return [
        ReviewRecord(
            message_id=review.message_id,
            kind=cast(ReviewKind, review.kind),
            verdict=cast(ReviewVerdict | None, review.verdict),
            question=question,
            answer=answer,
            state=cast(AnswerState, state),
            findings=tuple(found.get(review.message_id, ())),
            scores=scores or {},
            created_at=review.created_at,
            reviewed_at=review.reviewed_at,
        )
        for review, question, answer, state, scores in rows
    ]
