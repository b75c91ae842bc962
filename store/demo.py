"""Demo data: invented people with all they said, put in by many rows at a time, and counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Select, Table, exists, func, insert, select, update
from sqlalchemy.orm import Session

from store import items
from store.models import (
    ApprovedAnswer,
    Case,
    Citation,
    Conversation,
    Document,
    DocumentTask,
    Example,
    Feedback,
    GuardFinding,
    GuardReview,
    ItemFacet,
    Message,
    Model,
    Person,
    Prompt,
    QuestionVector,
    Reply,
    ReviewEvent,
    ReviewItem,
    Signal,
    SourceConflict,
    Trace,
    VerifiedAnswer,
    Visit,
)

PROMPT = "demo"  # the name of its prompts
FACT = "demo"  # the key of the fact that says what was put in
Row = dict[str, Any]
_ABOUT: dict[str, type[Model]] = {
    "trace": Trace,
    "citation": Citation,
    "feedback": Feedback,
    "signal": Signal,
    "finding": GuardFinding,
    "review": GuardReview,
    "conflict": SourceConflict,
    "event": ReviewEvent,
    "reply": Reply,
    "approved": ApprovedAnswer,
    "case": Case,
    "example": Example,
    "verified": VerifiedAnswer,
    "task": DocumentTask,
}


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answer as rows, with what else is about the answer, by the keys of `_ABOUT`."""

    question: Row | None  # none: the one before was asked again
    answer: Row
    about: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    item: Row = field(default_factory=dict)  # status and assignee, where they were set
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A visit: one conversation in it."""

    visit: Row
    conversation: Row
    answers: Sequence[Answered]


class Vectors(NamedTuple):
    """Where questions stand by their meaning, in a model's space, by their texts."""

    model: str
    of: Mapping[str, bytes]


class Shares(NamedTuple):
    """How many answers are invented, and how many are not."""

    demo: int
    real: int


def is_there(session: Session) -> bool:
    """Whether there is anybody invented."""
    return bool(session.scalar(select(exists().where(Person.demo))))


def shares(session: Session) -> Shares:
    """How many answers with an item are invented, and how many are not."""
    total = session.scalar(select(func.count()).select_from(ReviewItem)) or 0
    invented = select(func.count()).select_from(ReviewItem).where(ReviewItem.person_id.in_(people()))
    demo = session.scalar(invented) or 0
    return Shares(demo, total - demo)


def people() -> Select[str]:
    """A subquery of the invented people, for use with `in_`."""
    return select(Person.id).where(Person.demo)


def begin(session: Session, rows: Sequence[Row], prompts: Sequence[Row]) -> None:
    """Puts in the people, and the versions of a prompt that is nobody else's."""
    session.execute(insert(Person), [row | {"demo": True} for row in rows])
    session.execute(insert(Prompt), [row | {"name": PROMPT} for row in prompts])


def put(session: Session, talks: Sequence[Talk], vectors: Vectors | None = None) -> int:
    """Puts in conversations with all that is about them; gives how many answers these were."""
    session.execute(insert(Visit), [talk.visit for talk in talks])
    session.execute(insert(Conversation), [talk.conversation for talk in talks])
    told = [(talk.conversation["id"], one) for talk in talks for one in talk.answers]
    asked = _messages(session, [one.question | _in(where, "question") for where, one in told if one.question])
    ids, latest = iter(asked), 0
    rows = []
    for where, one in told:
        latest = next(ids) if one.question else latest
        rows.append(one.answer | _in(where, "answer") | {"reply_to": latest})
    answers = [one for _, one in told]
    numbers = _messages(session, rows)
    _put_about(session, answers, numbers)
    if vectors:
        _put_vectors(session, answers, asked, vectors)
    items.refresh(session, numbers)
    _put_handling(session, answers, numbers)
    return len(numbers)


def _in(conversation_id: str, role: str) -> Row:
    return {"conversation_id": conversation_id, "role": role}


def _messages(session: Session, rows: Sequence[Row]) -> list[int]:
    """The ids of new messages, in the order of their rows."""
    return list(session.scalars(insert(Message).returning(Message.id, sort_by_parameter_order=True), list(rows)))


def _put_about(session: Session, answers: Sequence[Answered], numbers: Sequence[int]) -> None:
    there = set(session.scalars(select(Document.id)))  # one may have been deleted since it was looked up
    for kind, table in _ABOUT.items():
        rows = [
            _as_there(row, there) | {"message_id": number}
            for one, number in zip(answers, numbers, strict=True)
            for row in one.about.get(kind, ())
        ]
        if rows:
            session.execute(
                insert(_table(table)), rows
            )  # not the mapped class, which sorts rows by what they leave out


def _put_vectors(session: Session, answers: Sequence[Answered], asked: Sequence[int], vectors: Vectors) -> None:
    """Of the questions that are known by the text they were searched by, or else their own."""
    questions = [one for one in answers if one.question]
    rows = [
        {"message_id": number, "model": vectors.model, "vector": vectors.of[text]}
        for one, number in zip(questions, asked, strict=True)
        if (text := _searched(one)) in vectors.of
    ]
    if rows:
        session.execute(insert(QuestionVector), rows)


def _searched(one: Answered) -> str:
    texts = [*(row["query"] for row in one.about.get("trace", ())), *([one.question["text"]] if one.question else ())]
    return next(filter(None, texts), "")


def _table(model: type[Model]) -> Table:
    return Model.metadata.tables[model.__tablename__]


def _as_there(row: Row, documents: set[int]) -> Row:
    gone = [name for name in ("document_id", "other_id") if row.get(name) and row[name] not in documents]
    return row | dict.fromkeys(gone) if gone else row


def _put_handling(session: Session, answers: Sequence[Answered], numbers: Sequence[int]) -> None:
    """Status, assignee and tags, which are not derived."""
    handled = [one.item | {"message_id": number} for one, number in zip(answers, numbers, strict=True) if one.item]
    if handled:
        session.execute(update(ReviewItem), handled)
    tags = [
        {"message_id": number, "kind": "tag", "label": tag}
        for one, number in zip(answers, numbers, strict=True)
        for tag in one.tags
    ]
    if tags:
        session.execute(insert(ItemFacet), tags)
