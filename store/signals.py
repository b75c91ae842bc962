"""Signals: what readers did with answers, counted; only with their consent, and only with answers of their own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, delete, func, or_, select
from sqlalchemy.orm import Session, aliased

from store import items
from store.models import Conversation, Message, Person, Signal
from store.records import ActRecord, EarlierRecord, SignalKind


@dataclass(frozen=True, slots=True)
class _Answer:
    person: str
    state: str


def keep(session: Session, acts: Sequence[ActRecord], *, unless_refused: bool) -> int:
    """Counts these acts in, and writes the items of their answers anew; gives how many there were to count.

    `unless_refused`: of everybody who did not say no; otherwise only of those who said yes. Left out is what somebody
    did with an answer that is gone, or not theirs.
    """
    answers = _answers(session, {act.answer_id for act in acts}, unless_refused=unless_refused)
    kept = _kept(session, answers)
    counted = [act for act in acts if _fits(act, answers.get(act.answer_id))]
    for act in counted:
        _count(session, kept, act)
    items.refresh(session, {act.answer_id for act in counted})
    return len(counted)


def earlier(session: Session, person_id: str, answer_id: int) -> EarlierRecord | None:
    """The answer that this person got last, before this one of theirs; None when it is their first."""
    now, asked_now, before, asked, repeated = (aliased(Message) for _ in range(5))
    own = select(Conversation.id).where(Conversation.person_id == person_id)
    repeats = select(func.max(repeated.id)).where(repeated.reply_to == now.reply_to, repeated.id < answer_id)
    query = (
        select(before, asked.text, asked_now.text, now.created_at, repeats.correlate(now).scalar_subquery())
        .join(asked, asked.id == before.reply_to)
        .join(now, now.id == answer_id)
        .join(asked_now, asked_now.id == now.reply_to)
        .where(before.conversation_id.in_(own), now.conversation_id.in_(own), before.role == "answer")
        .where(before.id < answer_id)
        .order_by(before.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None:
        return None
    answer, question, question_now, begun, again = row
    return EarlierRecord(
        answer_id=answer.id,
        question=question,
        asked_at=answer.created_at,
        ended_at=answer.finished_at,
        question_now=question_now,
        asked_now_at=begun,
        repeats=again,
    )


def counts(session: Session, person_id: str) -> dict[str, int]:
    """How often each kind was noted of this person."""
    query = select(Signal.kind, func.sum(Signal.count).label("times")).where(Signal.message_id.in_(_own(person_id)))
    return {row.kind: row.times for row in session.execute(query.group_by(Signal.kind))}


def forget(session: Session, person_id: str) -> None:
    """Deletes all that was noted of a person."""
    noted = list(session.scalars(select(Signal.message_id).where(Signal.message_id.in_(_own(person_id))).distinct()))
    session.execute(delete(Signal).where(Signal.message_id.in_(_own(person_id))))
    items.refresh(session, noted)


def _own(person_id: str) -> Select[int]:
    own = select(Message.id).join(Conversation, Conversation.id == Message.conversation_id)
    return own.where(Conversation.person_id == person_id)


def _answers(session: Session, ids: Iterable[int], *, unless_refused: bool) -> dict[int, _Answer]:
    """Whose each answer is, of those whose reader lets it be noted."""
    query = (
        select(Message.id, Conversation.person_id, Message.state)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Person, Person.id == Conversation.person_id)
        .where(Message.id.in_(ids), Message.role == "answer", _consent(unless_refused=unless_refused))
    )
    return {answer_id: _Answer(person, state or "") for answer_id, person, state in session.execute(query)}


def _consent(*, unless_refused: bool) -> ColumnElement[bool]:
    said_yes = Person.consent.is_(True)
    return or_(Person.consent.is_(None), said_yes) if unless_refused else said_yes


def _kept(session: Session, ids: Iterable[int]) -> dict[tuple[int, SignalKind], Signal]:
    rows = session.scalars(select(Signal).where(Signal.message_id.in_(list(ids))))
    return {(row.message_id, row.kind): row for row in rows}  # type: ignore[misc]


def _fits(act: ActRecord, answer: _Answer | None) -> bool:
    if answer is None or answer.person != act.person:
        return False
    return act.kind != "stopped" or answer.state in ("writing", "stopped")  # not when it had ended by itself


def _count(session: Session, kept: dict[tuple[int, SignalKind], Signal], act: ActRecord) -> None:
    key = act.answer_id, act.kind
    row = kept.get(key)
    if act.undone:
        if row is not None:
            del kept[key]
            session.delete(row)
            session.flush()
    elif row is None:
        row = Signal(message_id=act.answer_id, kind=act.kind, count=1, detail=act.detail)
        row.first_at = row.last_at = act.at
        session.add(row)
        kept[key] = row
    else:
        row.count, row.last_at = row.count + 1, act.at
        row.detail = _with(row.detail, act.detail)


def _with(before: str, new: str) -> str:
    """Both, such as "1, 3", each once and in order."""
    every: Mapping[str, None] = dict.fromkeys(filter(None, (*before.split(", "), new)))
    return ", ".join(sorted(every, key=lambda one: (len(one), one)))
