"""Topics: the vectors of questions, which topic each belongs to, and how topics do.

Everything is counted in the narrow rows of items; words and vectors are read for those alone that are grouped.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, delete, func, select, update
from sqlalchemy import cast as cast_to
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from store.models import Message, QuestionVector, ReviewItem, Topic, Trace
from store.records.topics import AskedRecord, TopicCounts, TopicDays, TopicRecord

_question = aliased(Message, name="question")
_answer = aliased(Message, name="answer")
_TEXT = func.coalesce(func.nullif(Trace.query, ""), _question.text)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many, up to which id."""

    count: int = 0
    up_to: int = 0


NONE_COUNTED = Counted()


def waiting(session: Session, model: str, *, since: int, limit: int) -> list[AskedRecord]:
    """The next questions that have no vector of this model, with answers of this id or higher ones."""
    lacks = QuestionVector.message_id.is_(None) | (QuestionVector.model != model)
    query = _asked().outerjoin(QuestionVector, QuestionVector.message_id == _question.id)
    wanted = query.where(ReviewItem.message_id >= since, lacks).order_by(ReviewItem.message_id)
    return _records(session, wanted.limit(limit))


def keep_vectors(session: Session, model: str, vectors: Mapping[int, bytes]) -> list[int]:
    """Keeps where questions stand, by their ids; those deleted meanwhile are left out. Gives those kept."""
    there = list(session.scalars(select(Message.id).where(Message.id.in_(vectors))))
    for question_id in there:
        session.merge(QuestionVector(message_id=question_id, model=model, vector=vectors[question_id]))
    return there


def count_vectors(session: Session, model: str, so_far: Counted = NONE_COUNTED) -> Counted:
    """How many questions have a vector of this model; only those after the ones counted so far are counted."""
    newer = (QuestionVector.model == model, QuestionVector.message_id > so_far.up_to)
    found = session.execute(select(func.count(), func.max(QuestionVector.message_id)).where(*newer)).one()
    return Counted(so_far.count + found[0], found[1] or so_far.up_to)


def latest(session: Session, model: str, limit: int) -> list[AskedRecord]:
    """The latest questions with vectors of this model, with their words, each once."""
    query = (
        select(
            func.max(_answer.id), _question.id, _TEXT, ReviewItem.person_id, ReviewItem.topic_id, QuestionVector.vector
        )
        .select_from(QuestionVector)
        .join(_question, _question.id == QuestionVector.message_id)
        .join(_answer, _answer.reply_to == _question.id)
        .join(ReviewItem, ReviewItem.message_id == _answer.id)
        .outerjoin(Trace, Trace.message_id == _answer.id)
        .where(QuestionVector.model == model)
        .group_by(_question.id)
        .order_by(_question.id.desc())
        .limit(limit)
    )
    return [AskedRecord(*row) for row in session.execute(query)]


def vectors(session: Session, model: str, *, after: int, limit: int) -> list[tuple[int, bytes]]:
    """The next questions' ids and vectors, in the order of the ids."""
    query = select(QuestionVector.message_id, QuestionVector.vector).where(
        QuestionVector.model == model, QuestionVector.message_id > after
    )
    return [(row[0], row[1]) for row in session.execute(query.order_by(QuestionVector.message_id).limit(limit))]


def everything(session: Session) -> list[TopicRecord]:
    """All topics."""
    return [
        TopicRecord(row.id, row.label, tuple(row.terms), row.centre, row.named_by)
        for row in session.scalars(select(Topic).order_by(Topic.id))
    ]


def put(session: Session, topic_id: int | None, label: str, terms: Sequence[str], centre: bytes) -> int:
    """A topic as it was found anew, or a new one; gives its id. A label that somebody gave it stays."""
    topic = session.get(Topic, topic_id) if topic_id is not None else None
    if topic is None:
        topic = Topic(label=label, terms=list(terms), centre=centre)
        session.add(topic)
    else:
        topic.label = topic.label if topic.named_by else label
        topic.terms, topic.centre = list(terms), centre
    session.flush()
    return topic.id


def remove(session: Session, topic_ids: Collection[int]) -> None:
    """Deletes topics; their questions are of none then."""
    session.execute(delete(Topic).where(Topic.id.in_(topic_ids)))


def rename(session: Session, topic_id: int, label: str | None, *, by: str) -> None:
    """Gives a topic a label of a person's own; with None it is found again at the next grouping."""
    own = label is not None
    values = {"label": label, "named_by": by} if own else {"named_by": None}
    session.execute(update(Topic).where(Topic.id == topic_id).values(**values))


def assign(session: Session, topics: Mapping[int, int | None]) -> int:
    """Puts the items of questions, by their ids, to topics; gives how many changed."""
    asked = select(_answer.id, func.coalesce(_answer.reply_to, 0), ReviewItem.topic_id).join(
        ReviewItem, ReviewItem.message_id == _answer.id
    )
    now = session.execute(asked.where(_answer.reply_to.in_(topics))).all()
    there = set(session.scalars(select(Topic.id)))
    wanted = {question: topic if topic in there else None for question, topic in topics.items()}
    rows = [{"message_id": row[0], "topic_id": wanted[row[1]]} for row in now if row[2] != wanted[row[1]]]
    if rows:
        session.execute(update(ReviewItem), rows)
    return len(rows)


def counts(session: Session, since: date, until: date) -> list[TopicCounts]:
    """What was counted between two days, both among them, by topic."""
    query = (
        select(
            ReviewItem.topic_id,
            func.count(),
            func.count(ReviewItem.person_id.distinct()),
            _sum(ReviewItem.rating != 0),
            _sum(ReviewItem.rating > 0),
            _sum(ReviewItem.resolved),
            _sum(ReviewItem.state == "refused"),
            _sum(ReviewItem.state == "not_found"),
        )
        .where(ReviewItem.day >= since, ReviewItem.day <= until)
        .group_by(ReviewItem.topic_id)
    )
    return [TopicCounts(*row) for row in session.execute(query)]


def days(session: Session, since: date, until: date) -> TopicDays:
    """How many questions each topic had on each day."""
    query = (
        select(ReviewItem.topic_id, ReviewItem.day, func.count())
        .where(ReviewItem.day >= since, ReviewItem.day <= until)
        .group_by(ReviewItem.topic_id, ReviewItem.day)
    )
    found: TopicDays = defaultdict(dict)
    for topic_id, day, asked in session.execute(query):
        found[topic_id][day] = asked
    return dict(found)


def examples(session: Session, topic_id: int, limit: int) -> list[AskedRecord]:
    """The latest questions of a topic."""
    newest = (
        select(ReviewItem.message_id)
        .where(ReviewItem.topic_id == topic_id)
        .order_by(ReviewItem.day.desc(), ReviewItem.message_id.desc())
        .limit(limit)
    )
    return _records(session, _asked().where(ReviewItem.message_id.in_(newest)).order_by(_answer.id.desc()))


def _asked() -> Select[int, int, Any, str, int | None]:
    """Questions with their answers."""
    return (
        select(_answer.id, _question.id, _TEXT, ReviewItem.person_id, ReviewItem.topic_id)
        .select_from(ReviewItem)
        .join(_answer, _answer.id == ReviewItem.message_id)
        .join(_question, _question.id == _answer.reply_to)
        .outerjoin(Trace, Trace.message_id == _answer.id)
    )


def _records(session: Session, query: Select[int, int, Any, str, int | None]) -> list[AskedRecord]:
    return [AskedRecord(row[0], row[1], row[2], row[3], row[4], b"") for row in session.execute(query)]


def _sum(condition: ColumnElement[bool] | InstrumentedAttribute[bool]) -> Any:
    return func.coalesce(func.sum(cast_to(condition, Integer)), 0)
