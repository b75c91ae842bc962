"""Answers over a real document, as the store keeps them: what exports are made from."""

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from rag import prompting
from rag.types import Passage, Place
from store import answers, feedback, prompts
from store.models import ApprovedAnswer, now
from store.records import FeedbackRecord, Rating, SupportRecord
from tests.store.asking import added, asked, citation, finished, trace

RULES = "The garden closes at nine in the evening. Dogs must be on a leash. Call Ana Silva at +44 20 7946 0958."
CLOSES = "The garden closes at nine in the evening."
ANSWER = "It closes at nine in the evening. [1]"


def library(session: Session) -> int:
    """The document that all answers are about, and the prompt they are written with."""
    prompts.keep(session, "answer", prompting.read("answer"))
    return added(session, RULES)


def answered(
    session: Session,
    document_id: int,
    question: str = "How late?",
    text: str = ANSWER,
    *,
    person: str = "ana",
    question_id: int | None = None,
    conversation_id: str = "",
    feedback_given: FeedbackRecord | None = None,
    approved: str | None = None,
    verdict: Any = None,
    **changes: Any,
) -> int:
    """An answer with its passage and footnote, rated or approved as wanted; a further one with `question_id`."""
    if question_id is None:
        conversation_id, question_id, answer_id = asked(session, question, person)
    else:
        answer_id = answers.begin(session, conversation_id, question_id, "process")
    passage = Passage(3, (1,), document_id, "rules", (Place(0, "Garden", None),), 0, len(RULES), "", 0.9)
    kept = {name: value for name, value in asdict(passage).items() if name != "text"}
    support = (SupportRecord(0, 33, verdict, ""),) if verdict else ()
    cited = citation(document_id, quote=CLOSES, start=0, end=len(CLOSES), version=1, document="rules")
    done = finished(
        text, citations=(cited,) if "[1]" in text else (), sentences=1, supported=int(verdict == "supported")
    )
    made = trace(**({"id": f"trace {answer_id}", "passages": (kept,), "support": support} | changes))
    answers.finish(session, answer_id, done, made)
    if approved is not None:
        session.add(ApprovedAnswer(message_id=answer_id, text=approved))
    if feedback_given:
        feedback.give(session, person, answer_id, feedback_given)
    return answer_id


def up(**changes: Any) -> FeedbackRecord:
    return _said(1, **changes)


def down(**changes: Any) -> FeedbackRecord:
    return _said(-1, **changes)


def _said(rating: Rating, **changes: Any) -> FeedbackRecord:
    values = {"reasons": (), "comment": "", "correction": None} | changes
    return FeedbackRecord(rating=rating, created_at=now(), **values)
