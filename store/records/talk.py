"""Conversations, answers with their traces and footnotes, and feedback."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from store.records.conflicts import ConflictRecord
from store.records.feedback import ChangeRecord, WrongSourceRecord
from store.records.guarding import DraftRecord, FindingRecord

AnswerState = Literal["writing", "answered", "not_found", "refused", "failed", "stopped", "interrupted"]
Rating = Literal[-1, 0, 1]
Support = Literal["supported", "weak", "unsupported"]


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    id: str
    title: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CitationRecord:
    id: int
    number: int
    quote: str
    document_id: int | None  # None: the document was deleted since
    document: str
    section: str
    page: int | None
    start: int
    end: int
    version: int = 1  # of the document


@dataclass(frozen=True, slots=True)
class FeedbackRecord:
    rating: Rating
    reasons: tuple[str, ...]
    comment: str
    correction: str | None
    created_at: datetime
    diff: tuple[ChangeRecord, ...] = ()  # from the answer to its correction
    sources: tuple[WrongSourceRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class SupportRecord:
    """What a sentence of an answer rests on: its span in characters of the text, and why, "" when it is supported."""

    start: int
    end: int
    verdict: Support
    why: str


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    id: int
    question_id: int
    text: str
    state: AnswerState
    writer: str | None
    degraded: str | None
    problem: str | None
    follow_ups: tuple[str, ...]
    created_at: datetime
    citations: tuple[CitationRecord, ...]
    feedback: FeedbackRecord | None  # the reader's own
    findings: tuple[FindingRecord, ...] = ()  # of guards, in the question, its passages and the answer
    sentences: int | None = None  # that claim something; None: they were not looked at
    supported: int | None = None  # of these
    support: tuple[SupportRecord, ...] = ()  # of each of them, where not all are supported
    appealed: bool = False  # refused, and its reader said that the question was fine
    finished_at: datetime | None = None
    conflicts: tuple[ConflictRecord, ...] = ()  # of its sources


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    id: int
    text: str
    created_at: datetime
    answers: tuple[AnswerRecord, ...]  # the newest last


@dataclass(frozen=True, slots=True)
class TraceRecord:
    id: str
    query: str
    rewritten_by: str | None
    prompt: str
    passages: tuple[dict[str, Any], ...]
    settings: dict[str, Any]
    usage: dict[str, Any]
    timings_ms: dict[str, float]
    notes: tuple[str, ...]
    cost_usd: float | None
    parts: tuple[dict[str, Any], ...] = ()  # writer, start and end of the words each one wrote, in the final text
    scores: dict[str, float] = field(default_factory=dict)  # "stand/guard" → how sure it was that something is wrong
    support: tuple[SupportRecord, ...] = ()  # of each sentence that claims something
    findings: tuple[FindingRecord, ...] = ()  # kept beside it; not read back with it
    drafts: tuple[DraftRecord, ...] = ()  # likewise


@dataclass(frozen=True, slots=True)
class PromptRecord:
    name: str
    version: int
    text: str

    @property
    def reference(self) -> str:
        """How a trace names it."""
        return f"{self.name}@{self.version}"
