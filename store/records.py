"""What the queries hand out: plain frozen data, safe to keep, to pass between threads and to show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

AnswerState = Literal["writing", "answered", "not_found", "refused", "failed", "stopped", "interrupted"]
EntryState = Literal["queued", "reading", "splitting", "embedding", "done", "known", "failed", "cancelled"]
DocumentState = Literal["ready", "vectors_follow", "switched_off", "with_findings"]
DocumentOrder = Literal["newest", "oldest", "title", "largest"]
Rating = Literal[-1, 0, 1]


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


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    id: int
    name: str
    title: str
    size: int
    pages: int | None
    characters: int
    chunks: int
    embedded: int
    added_at: datetime
    added_by: str | None = None
    source: str = ""
    version: int = 1
    enabled: bool = True
    tags: tuple[str, ...] = ()
    findings: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents a list is to show, and in which order."""

    containing: str = ""  # words in title or file name
    tags: tuple[str, ...] = ()  # one of these; none: all
    state: DocumentState | None = None
    order: DocumentOrder = "newest"


@dataclass(frozen=True, slots=True)
class EntryRecord:
    id: int
    name: str
    content_hash: str
    size: int
    state: EntryState
    problem: str | None
    document_id: int | None
    added_by: str | None
    chunks: int
    embedded: int
    ahead: int = 0  # chunks to embed until its last one has its vector
    source: str = ""
    parent_id: int | None = None
    tags: tuple[str, ...] = ()
    notice: str | None = None
    parts_done: int = 0
    parts: int = 0
    reading_since: datetime | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class ChunkRecord:
    id: int
    document_id: int
    ordinal: int
    start: int
    end: int
    title: str
    section: str
    page: int | None
    text: str
    version: int = 1  # of the document
    enabled: bool = True
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class UseRecord:
    """A chunk that was found for an answer."""

    document_id: int
    chunk_id: int
    rank: int
    cited: bool


@dataclass(frozen=True, slots=True)
class UseCounts:
    """Answers a document was found for, those that cite it, and how these were rated."""

    found: int
    cited: int
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A query, and the words that answer it."""

    query: str
    document_id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PromptRecord:
    name: str
    version: int
    text: str

    @property
    def reference(self) -> str:
        """How a trace names it."""
        return f"{self.name}@{self.version}"


@dataclass(frozen=True, slots=True)
class RatedAnswerRecord:
    message_id: int
    conversation_id: str
    question: str
    answer: str
    writer: str | None
    state: AnswerState
    rating: Rating
    reasons: tuple[str, ...]
    comment: str
    correction: str | None
    created_at: datetime
