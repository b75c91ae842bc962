"""What people asked that the documents may not answer."""

from collections.abc import Collection
from datetime import date
from typing import cast

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from store.models import GuardReview, ItemFacet, Message, QuestionVector, ReviewItem, Trace
from store.records import AnswerState
from store.records.topics import MissedRecord, NearRecord

REASONS = ("Wrong source", "Out of date", "Incomplete")  # of thumbs down that speak of the documents
_question = aliased(Message, name="question")
_answer = aliased(Message, name="answer")


def missed(session: Session, since: date, until: date, limit: int) -> list[MissedRecord]:
    """The latest questions whose answer was not found, was refused for nothing, or was rated down because of its
    sources or without support."""
    because = exists().where(
        ItemFacet.message_id == ReviewItem.message_id, ItemFacet.kind == "reason", ItemFacet.label.in_(REASONS)
    )
    fine = exists().where(GuardReview.message_id == ReviewItem.message_id, GuardReview.verdict == "fine")
    text = func.coalesce(func.nullif(Trace.query, ""), _question.text)
    query = (
        select(_answer.id, text, ReviewItem.person_id, ReviewItem.created_at, ReviewItem.state, QuestionVector.vector)
        .select_from(ReviewItem)
        .join(_answer, _answer.id == ReviewItem.message_id)
        .join(_question, _question.id == _answer.reply_to)
        .outerjoin(Trace, Trace.message_id == _answer.id)
        .outerjoin(QuestionVector, QuestionVector.message_id == _question.id)
        .where(
            ReviewItem.day >= since,
            ReviewItem.day <= until,
            or_(
                ReviewItem.state == "not_found",
                (ReviewItem.state == "refused") & fine,
                (ReviewItem.rating < 0) & ((ReviewItem.support == "unsupported") | because),
            ),
        )
        .order_by(ReviewItem.message_id.desc())
        .limit(limit)
    )
    return [
        MissedRecord(row[0], row[1], row[2], row[3], cast(AnswerState, row[4]), row[5] or b"")
        for row in session.execute(query)
    ]


def nearest(session: Session, answer_ids: Collection[int]) -> dict[int, tuple[NearRecord, ...]]:
    """The documents that were found for each of these answers, passage by passage."""
    query = select(Trace.message_id, Trace.passages).where(Trace.message_id.in_(answer_ids))
    return {
        message_id: tuple(
            NearRecord(one["document_id"], one["document"], float(one.get("relevance") or 0)) for one in passages
        )
        for message_id, passages in session.execute(query)
    }
