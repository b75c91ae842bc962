"""What becomes of feedback: approved texts, test cases, verified answers, tasks about documents."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from store.records.library import ChunkRecord
from store.records.talk import CitationRecord, SupportRecord

VerifiedState = Literal["live", "expired", "off"]
TaskKind = Literal["missing", "outdated", "contradicting"]
TaskStatus = Literal["open", "done", "dropped"]


@dataclass(frozen=True, slots=True)
class ApprovedRecord:
    """The text of an answer as a reviewer approved it."""

    message_id: int
    text: str
    by: str | None  # a person's id; None: they were deleted
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Words of a document that a right answer rests on."""

    document_id: int | None  # None: the document was deleted, and its words with it
    document: str  # its title
    quote: str  # empty: the document as a whole


@dataclass(frozen=True, slots=True)
class TestCaseRecord:
    """A question with what a right answer rests on and says."""

    __test__ = False  # for pytest: this is no test

    id: int
    message_id: int | None  # the answer it was made from
    dataset: str
    question: str
    answerable: bool
    sources: tuple[SourceRecord, ...]
    facts: tuple[str, ...]
    by: str | None
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class VerifiedRecord:
    """An answer a reviewer vouches for. `sources` are the chunks its footnotes stand in, by id and by their words."""

    id: int
    message_id: int
    question: str
    text: str
    citations: tuple[CitationRecord, ...]
    sources: tuple[dict[str, Any], ...]  # document_id, chunk_id, hash
    state: VerifiedState
    expired_why: str
    by: str | None
    created_at: datetime
    changed_at: datetime
    served: int
    served_at: datetime | None
    support: tuple[SupportRecord, ...] | None = None  # of its sentences, where its text is the answer's own


@dataclass(frozen=True, slots=True)
class GroundRecord:
    """A document as footnotes stand in it."""

    version: int
    text: str
    chunks: tuple[ChunkRecord, ...]
    allowed: frozenset[int]  # ids of those that may answer


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """Something to be done about the documents."""

    id: int
    kind: TaskKind
    title: str
    words: str
    document_id: int | None
    document: str | None  # its title
    other_id: int | None
    other: str | None
    message_id: int | None  # the answer it was seen at
    status: TaskStatus
    assignee: str | None
    by: str | None
    created_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks to show: those that fit all that is set."""

    status: TaskStatus | None = None
    kind: TaskKind | None = None
    document: int | None = None  # also as the other one
    assignee: str | None = None
    answer: int | None = None
