"""What reviewers are asked about guards, and what is counted of it."""

from dataclasses import dataclass
from datetime import datetime

from store.records.guarding import FindingRecord, ReviewKind, ReviewVerdict
from store.records.talk import AnswerState


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A question for reviewers: was it harmless? `scores` holds how sure each guard was, as "stand/guard"."""

    message_id: int  # the answer
    kind: ReviewKind
    verdict: ReviewVerdict | None
    question: str
    answer: str
    state: AnswerState
    findings: tuple[FindingRecord, ...]
    scores: dict[str, float]
    created_at: datetime
    reviewed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PostCounts:
    """What a guard did at one stand over a stretch of time; verdicts are those of reviewers."""

    guard: str
    stand: str
    acted: dict[str, int]  # answers and chunks by action
    broken: int = 0
    right: int = 0  # answers and chunks where reviewers agreed
    wrong: int = 0  # and where they did not


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many answers there were, and what became of those that reviewers were asked about."""

    answers: int
    appeals: int
    appeals_decided: int
    appeals_fine: int
    samples: int
    samples_decided: int
    samples_attack: int


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    """A reviewer's words to the reader of an answer."""

    id: int
    message_id: int  # the answer
    text: str
    by: str | None  # a person's id; None: that person was deleted
    created_at: datetime
    seen_at: datetime | None  # by the reader


@dataclass(frozen=True, slots=True)
class ExampleQuestion:
    """A stored question as an example of what a threshold changes."""

    message_id: int  # its answer
    question: str
    state: AnswerState
    sure: float
