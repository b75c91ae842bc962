"""Documents, their chunks, files on their way in, and what answers made of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

EntryState = Literal["queued", "reading", "splitting", "embedding", "done", "known", "failed", "cancelled"]
DocumentState = Literal["ready", "vectors_follow", "switched_off", "with_findings", "held_back"]
DocumentOrder = Literal["newest", "oldest", "title", "largest"]


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
    held: int = 0  # chunks held back by a guard


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
    held: bool = False  # back by a guard


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
class Wanted:
    """Which documents a list is to show, and in which order."""

    containing: str = ""  # words in title or file name
    tags: tuple[str, ...] = ()  # one of these; none: all
    state: DocumentState | None = None
    order: DocumentOrder = "newest"
