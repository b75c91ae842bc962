"""What leaves the store for files: rows of feedback, and answers that something could be trained on."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from store.records.talk import AnswerState, CitationRecord, Rating, Support

TrainingForm = Literal["chat", "preference", "completion"]
TrainingBy = Literal["rating", "approval", "checks", "judge"]


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """An answer with all that was said about it, and what became of that."""

    answer_id: int
    question_id: int
    conversation_id: str
    trace_id: str
    reader: str  # the beginning of a hash: tells readers apart, not who they are
    demo: bool  # invented
    created_at: datetime
    question: str
    answer: str
    state: AnswerState
    rating: Rating = 0
    reasons: tuple[str, ...] = ()
    comment: str = ""
    correction: str | None = None
    diff: tuple[Any, ...] = ()
    sources: tuple[Any, ...] = ()  # wrong footnotes, and better ones
    signals: dict[str, int] = field(default_factory=dict)
    support: Support | None = None  # of the weakest sentence
    sentences: int = 0
    supported: int = 0
    findings: tuple[dict[str, Any], ...] = ()
    conflicts: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()  # titles of those it cites
    writer: str | None = None
    prompt: str = ""
    cost_usd: float | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    first_ms: float | None = None
    total_ms: float | None = None
    status: str = "new"
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    approved: str | None = None  # its text as a reviewer approved it


@dataclass(frozen=True, slots=True)
class Spoken:
    """An answer with all that its writer was sent, as far as it is kept."""

    answer_id: int
    question_id: int
    person_id: str
    question: str
    answer: str
    state: AnswerState
    writer: str | None
    prompt: str  # "answer@3", or "" where no model was asked
    follow_ups: tuple[str, ...]
    correction: str | None
    approved: str | None
    passages: tuple[dict[str, Any], ...]  # as in the trace: places and scores, no words
    citations: tuple[CitationRecord, ...] = ()
    history: tuple[tuple[str, str], ...] = ()  # question and answer, the latest last
    better_id: int | None = None  # another answer to the same question, which did well


@dataclass(frozen=True, slots=True)
class Agreement:
    """Answers that a judge and their readers spoke of: by what the judge said, and by their thumbs."""

    good_up: int = 0
    good_down: int = 0
    bad_up: int = 0
    bad_down: int = 0

    @property
    def votes(self) -> int:
        return self.good_up + self.good_down + self.bad_up + self.bad_down

    @property
    def agreed(self) -> int:
        return self.good_up + self.bad_down

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: agreement beyond what chance gives (J. Cohen, 1960); None where there is nothing beyond."""
        if not self.votes:
            return None
        good, up = self.good_up + self.good_down, self.good_up + self.bad_up
        chance = (good * up + (self.votes - good) * (self.votes - up)) / self.votes**2
        return (self.agreed / self.votes - chance) / (1 - chance) if chance < 1 else None
