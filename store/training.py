"""Answers that something could be trained on, with all that their writer was sent. Never those of invented people."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from store.choosing import Choice, candidates
from store.choosing import better as better_of
from store.models import (
    ApprovedAnswer,
    Chunk,
    Citation,
    Feedback,
    Message,
    Prompt,
    ReviewItem,
    Trace,
)
from store.records import AnswerState, CitationRecord, ItemFilter, Spoken, TrainingBy

TURNS = 3  # questions before this one: as many as models are sent


def count(
    session: Session,
    wanted: ItemFilter,
    by: TrainingBy,
    *,
    pairs: bool,
    since: datetime | None = None,
    judge: str = "",
) -> int:
    """How many answers could be used, before anything is left out. `judge` is whose verdicts count, if one's do."""
    query = candidates(select(func.count()), wanted, Choice(by, judge), pairs=pairs, since=since)
    return session.scalar(query) or 0


def spoken(
    session: Session,
    wanted: ItemFilter,
    by: TrainingBy,
    *,
    pairs: bool,
    after: int = 0,
    limit: int,
    since: datetime | None = None,
    judge: str = "",
) -> list[Spoken]:
    """The next answers behind this id: those that did well, or with `pairs` those for which there is a better text.

    `since`: none that are older.
    """
    choice = Choice(by, judge)
    query = candidates(select(ReviewItem.message_id), wanted, choice, pairs=pairs, since=since)
    ids = session.scalars(query.where(ReviewItem.message_id > after).order_by(ReviewItem.message_id).limit(limit)).all()
    better = better_of(session, ids, choice) if pairs else {}
    return _spoken(session, ids, better)


def of_ids(session: Session, ids: Sequence[int]) -> dict[int, Spoken]:
    """These answers by their ids, as far as they are there."""
    return {one.answer_id: one for one in _spoken(session, ids, {})}


def closed(session: Session, chunk_ids: Collection[int]) -> set[int]:
    """Those of these chunks that may not answer: held back by a guard, or switched off."""
    query = select(Chunk.id).where(Chunk.id.in_(chunk_ids), Chunk.held | ~Chunk.enabled)
    return set(session.scalars(query))


def prompts(session: Session) -> dict[str, str]:
    """The texts of all versions of the prompt for answers, by their references."""
    rows = session.execute(select(Prompt.version, Prompt.text).where(Prompt.name == "answer"))
    return {f"answer@{version}": text for version, text in rows}


def _spoken(session: Session, ids: Sequence[int], better: dict[int, int]) -> list[Spoken]:
    question = aliased(Message)
    query = (
        select(ReviewItem.person_id, Message, question, Trace, ApprovedAnswer.text)
        .join(Message, Message.id == ReviewItem.message_id)
        .join(question, question.id == Message.reply_to)
        .outerjoin(Trace, Trace.message_id == Message.id)
        .outerjoin(ApprovedAnswer, ApprovedAnswer.message_id == Message.id)
        .where(ReviewItem.message_id.in_(ids))
        .order_by(ReviewItem.message_id)
    )
    rows = list(session.execute(query))
    said = select(Feedback.message_id, Feedback.correction).where(Feedback.message_id.in_(ids), Feedback.current)
    corrections = {row[0]: row[1] for row in session.execute(said.order_by(Feedback.id))}
    citations, turns = _citations(session, ids), _turns(session, [row[1] for row in rows])
    return [
        Spoken(
            answer_id=answer.id,
            question_id=asked.id,
            person_id=person_id,
            question=asked.text,
            answer=answer.text,
            state=cast(AnswerState, answer.state),
            writer=answer.writer,
            prompt=trace.prompt if trace else "",
            follow_ups=tuple(answer.follow_ups),
            correction=corrections.get(answer.id),
            approved=approved,
            passages=tuple(trace.passages) if trace else (),
            citations=tuple(citations[answer.id]),
            history=turns[answer.id],
            better_id=better.get(answer.id),
        )
        for person_id, answer, asked, trace, approved in rows
    ]


def _citations(session: Session, ids: Sequence[int]) -> dict[int, list[CitationRecord]]:
    names = "id number quote document_id document section page start end version".split()
    rows = session.scalars(select(Citation).where(Citation.message_id.in_(ids)).order_by(Citation.number, Citation.id))
    found: dict[int, list[CitationRecord]] = defaultdict(list)
    for row in rows:
        found[row.message_id].append(CitationRecord(**{name: getattr(row, name) for name in names}))
    return found


def _turns(session: Session, answers: Sequence[Message]) -> dict[int, tuple[tuple[str, str], ...]]:
    """What was said before each answer was asked for, in its conversation."""
    talks = {answer.conversation_id for answer in answers}
    columns = (Message.id, Message.conversation_id, Message.reply_to, Message.text)
    said: dict[str, list[Any]] = defaultdict(list)
    for row in session.execute(select(*columns).where(Message.conversation_id.in_(talks)).order_by(Message.id)):
        said[row.conversation_id].append(row)
    return {answer.id: _before(said[answer.conversation_id], answer) for answer in answers}


def _before(said: Sequence[Any], answer: Message) -> tuple[tuple[str, str], ...]:
    questions = [row for row in said if row.reply_to is None and row.id < (answer.reply_to or 0)][-TURNS:]
    last = {row.reply_to: row.text for row in said if row.reply_to is not None and row.id < answer.id}
    return tuple((row.text, last.get(row.id, "")) for row in questions)
