"""Answers for files, a portion at a time: as rows of feedback, in the order of their ids."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from store.inbox import fitting
from store.models import (
    ApprovedAnswer,
    Citation,
    Feedback,
    GuardFinding,
    ItemFacet,
    Message,
    Person,
    ReviewEvent,
    ReviewItem,
    Signal,
    Trace,
)
from store.records import AnswerState, FeedbackRow, ItemFilter, Rating, Support

READER = 8  # signs of a person's id that tell readers apart
Many = dict[int, list[Any]]


def rows(session: Session, wanted: ItemFilter, *, after: int, limit: int) -> list[FeedbackRow]:
    """The next answers behind this id."""
    question = aliased(Message)
    query = (
        select(ReviewItem, Message, question, Person.demo, Trace.id, ApprovedAnswer.text)
        .join(Message, Message.id == ReviewItem.message_id)
        .join(question, question.id == Message.reply_to)
        .join(Person, Person.id == ReviewItem.person_id)
        .outerjoin(Trace, Trace.message_id == ReviewItem.message_id)
        .outerjoin(ApprovedAnswer, ApprovedAnswer.message_id == ReviewItem.message_id)
        .where(*fitting(wanted), ReviewItem.message_id > after)
        .order_by(ReviewItem.message_id)
        .limit(limit)
    )
    found = list(session.execute(query))
    beside = _Beside(session, [row[0].message_id for row in found])
    return [
        FeedbackRow(
            answer_id=item.message_id,
            question_id=asked.id,
            conversation_id=answer.conversation_id,
            trace_id=trace_id or "",
            reader=item.person_id if demo else item.person_id[:READER],
            demo=demo,
            created_at=item.created_at,
            question=asked.text,
            answer=answer.text,
            state=cast(AnswerState, item.state),
            support=cast(Support | None, item.support),
            approved=approved,
            **{name: getattr(item, name) for name in _AS_IN_ITEM},
            **beside.of(item.message_id),
        )
        for item, answer, asked, demo, trace_id, approved in found
    ]


_AS_IN_ITEM = "sentences supported writer prompt cost_usd input_tokens output_tokens first_ms total_ms status".split()


class _Beside:
    """What stands in other tables about some answers: one query a table."""

    def __init__(self, session: Session, ids: Sequence[int]) -> None:
        said = select(Feedback).where(Feedback.message_id.in_(ids), Feedback.current).order_by(Feedback.id)
        self._feedback = {row.message_id: row for row in session.scalars(said)}
        noted = ReviewEvent.kind == "note"
        facets = ItemFacet.label
        self._signals = _many(session, ids, Signal.message_id, Signal.kind, Signal.count)
        self._conflicts = _many(session, ids, ItemFacet.message_id, facets, where=ItemFacet.kind == "conflict")
        self._tags = _many(session, ids, ItemFacet.message_id, facets, where=ItemFacet.kind == "tag")
        self._documents = _many(session, ids, Citation.message_id, Citation.document, order=Citation.number)
        self._notes = _many(session, ids, ReviewEvent.message_id, ReviewEvent.detail, where=noted, order=ReviewEvent.id)
        self._findings = _many(
            session,
            ids,
            GuardFinding.message_id,
            *(getattr(GuardFinding, name) for name in _OF_FINDINGS),
            order=GuardFinding.id,
        )

    def of(self, message_id: int) -> dict[str, Any]:
        row = self._feedback.get(message_id)
        return {
            "rating": cast(Rating, row.rating) if row else 0,
            "reasons": tuple(row.reasons) if row else (),
            "comment": row.comment if row else "",
            "correction": row.correction if row else None,
            "diff": tuple(row.diff) if row else (),
            "sources": tuple(row.sources) if row else (),
            "signals": dict(self._signals[message_id]),
            "findings": tuple(dict(zip(_OF_FINDINGS, one, strict=True)) for one in self._findings[message_id]),
            "conflicts": tuple(label for (label,) in self._conflicts[message_id]),
            "documents": tuple(dict.fromkeys(title for (title,) in self._documents[message_id])),
            "tags": tuple(label for (label,) in self._tags[message_id]),
            "notes": tuple(detail for (detail,) in self._notes[message_id]),
        }


_OF_FINDINGS = "stand guard what action sure verdict".split()


def _many(
    session: Session, ids: Sequence[int], owner: Any, *columns: Any, where: Any = None, order: Any = None
) -> Many:
    """The values of columns by the answer they belong to."""
    query = select(owner, *columns).where(owner.in_(ids)).order_by(columns[0] if order is None else order)
    found: Many = defaultdict(list)
    for message_id, *values in session.execute(query if where is None else query.where(where)):
        found[message_id].append(values)
    return found
