"""Topics of questions: what they are called, how they do, and what people ask that the documents do not answer."""

from dataclasses import dataclass
from datetime import date, datetime

from store.records.talk import AnswerState


@dataclass(frozen=True, slots=True)
class TopicRecord:
    id: int
    label: str
    terms: tuple[str, ...]
    centre: bytes  # 16-bit floats
    named_by: str | None  # who gave it its label; None: it was found


@dataclass(frozen=True, slots=True)
class AskedRecord:
    """A question as it is grouped: `answer_id` is the latest answer to it."""

    answer_id: int
    question_id: int
    text: str  # that stands alone
    person_id: str
    topic_id: int | None
    vector: bytes  # 16-bit floats; empty where it was not embedded yet


@dataclass(frozen=True, slots=True)
class TopicCounts:
    """What was counted of a topic's answers; `topic_id` None: those of no topic."""

    topic_id: int | None
    asked: int
    people: int
    rated: int
    rated_up: int
    resolved: int
    refused: int
    not_found: int


@dataclass(frozen=True, slots=True)
class MissedRecord:
    """A question that the documents may not answer, and how that showed."""

    answer_id: int
    text: str
    person_id: str
    at: datetime
    state: AnswerState
    vector: bytes


@dataclass(frozen=True, slots=True)
class NearRecord:
    """A document that was found for a question, and how likely it answers."""

    document_id: int
    document: str
    relevance: float


TopicDays = dict[int | None, dict[date, int]]  # questions by topic and day
