"""Verified answers: texts that reviewers vouch for, with the chunks that their footnotes stand in."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any, cast

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from store import history
from store.models import Message, Trace, VerifiedAnswer, now
from store.records import CitationRecord, SupportRecord, VerifiedRecord, VerifiedState

DELETED = "A document it cites was deleted, and its words with it."


def of_answers(session: Session, message_ids: Collection[int]) -> dict[int, VerifiedRecord]:
    """The verified answers that were made from these answers."""
    return {one.message_id: one for one in _records(session, _all().where(VerifiedAnswer.message_id.in_(message_ids)))}


def get(session: Session, number: int) -> VerifiedRecord | None:
    return next(iter(_records(session, _all().where(VerifiedAnswer.id == number))), None)


def live(session: Session) -> list[VerifiedRecord]:
    """Those that may be served."""
    return _records(session, _all().where(VerifiedAnswer.state == "live").order_by(VerifiedAnswer.id))


def page(session: Session, state: VerifiedState | None, *, limit: int, offset: int = 0) -> list[VerifiedRecord]:
    """A page of those in a state, or of all, the latest change first."""
    query = _all().order_by(VerifiedAnswer.changed_at.desc(), VerifiedAnswer.id.desc()).limit(limit).offset(offset)
    return _records(session, query if state is None else query.where(VerifiedAnswer.state == state))


def counts(session: Session) -> dict[VerifiedState, int]:
    """How many there are in each state that has any."""
    query = select(VerifiedAnswer.state, func.count()).group_by(VerifiedAnswer.state)
    return {cast(VerifiedState, row[0]): row[1] for row in session.execute(query)}


def put(
    session: Session,
    message_id: int,
    question: str,
    text: str,
    *,
    citations: Sequence[CitationRecord],
    sources: Sequence[dict[str, Any]],
    by: str,
    what: str,
) -> None:
    """Serves this text for this question from now on; `what` goes into the history. A gone answer becomes none."""
    if session.get(Message, message_id) is None:
        return
    history.note(session, message_id, by, "verified", what)
    row = session.scalar(select(VerifiedAnswer).where(VerifiedAnswer.message_id == message_id))
    if row is None:
        row = VerifiedAnswer(message_id=message_id)
        session.add(row)
    row.question, row.text, row.by = question, text, by
    row.citations, row.sources = [asdict(one) for one in citations], list(sources)
    row.state, row.expired_why, row.changed_at = "live", "", now()
    session.flush()


def move(session: Session, number: int, citations: Sequence[CitationRecord], sources: Sequence[dict[str, Any]]) -> None:
    """Notes where its footnotes stand now; what they say is the same."""
    change = update(VerifiedAnswer).where(VerifiedAnswer.id == number)
    session.execute(change.values(citations=[asdict(one) for one in citations], sources=list(sources)))


def expire(session: Session, number: int, why: str) -> None:
    """It is served no more, for this reason; of one that is not live nothing changes."""
    change = update(VerifiedAnswer).where(VerifiedAnswer.id == number, VerifiedAnswer.state == "live")
    message_id = session.scalar(
        change.values(state="expired", expired_why=why, changed_at=now()).returning(VerifiedAnswer.message_id)
    )
    if message_id is not None:
        history.note(session, message_id, None, "verified", f"expired: {why}")


def turn_off(session: Session, message_id: int, *, by: str) -> bool:
    """It is not served; False when there is none that is."""
    change = update(VerifiedAnswer).where(VerifiedAnswer.message_id == message_id, VerifiedAnswer.state == "live")
    if session.scalar(change.values(state="off", changed_at=now()).returning(VerifiedAnswer.id)) is None:
        return False
    history.note(session, message_id, by, "verified", "switched off")
    return True


def remove(session: Session, message_id: int, *, by: str) -> bool:
    """Deletes it; False when there is none."""
    gone = delete(VerifiedAnswer).where(VerifiedAnswer.message_id == message_id).returning(VerifiedAnswer.id)
    if session.scalar(gone) is None:
        return False
    history.note(session, message_id, by, "verified", "deleted")
    return True


def served(session: Session, number: int) -> None:
    """Counts that it was given as an answer."""
    count = update(VerifiedAnswer).where(VerifiedAnswer.id == number)
    session.execute(count.values(served=VerifiedAnswer.served + 1, served_at=now()))


def forget_document(session: Session, document_id: int) -> None:
    """Takes the words of a document, and what was made of them, out of all verified answers; these expire."""
    rows = session.execute(select(VerifiedAnswer.id, VerifiedAnswer.message_id, VerifiedAnswer.sources)).all()
    gone = [row for row in rows if any(one.get("document_id") == document_id for one in row.sources)]
    for row in gone:
        expire(session, row.id, DELETED)
    bare = update(VerifiedAnswer).where(VerifiedAnswer.id.in_([row.id for row in gone]))
    session.execute(bare.values(state="expired", expired_why=DELETED, text="", citations=[], sources=[]))


def _all() -> Select[VerifiedAnswer, str, int | None, list[Any] | None]:
    return (
        select(VerifiedAnswer, Message.text, Message.sentences, Trace.support)
        .join(Message, Message.id == VerifiedAnswer.message_id)
        .outerjoin(Trace, Trace.message_id == VerifiedAnswer.message_id)
    )


def _records(
    session: Session, query: Select[VerifiedAnswer, str, int | None, list[Any] | None]
) -> list[VerifiedRecord]:
    return [_record(*row) for row in session.execute(query)]


def _record(row: VerifiedAnswer, said: str, sentences: int | None, support: list[Any] | None) -> VerifiedRecord:
    own = row.text == said and sentences is not None  # what is said of other words is said of none of these
    return VerifiedRecord(
        id=row.id,
        message_id=row.message_id,
        question=row.question,
        text=row.text,
        citations=tuple(CitationRecord(**one) for one in row.citations),
        sources=tuple(row.sources),
        state=cast(VerifiedState, row.state),
        expired_why=row.expired_why,
        by=row.by,
        created_at=row.created_at,
        changed_at=row.changed_at,
        served=row.served,
        served_at=row.served_at,
        support=tuple(SupportRecord(**one) for one in support or ()) if own else None,
    )
