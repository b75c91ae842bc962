"""What travels through the pipeline: our own frozen data, never the types of a library."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from guards.personal.seen import Kind
from guards.support import Sentence
from store.records import FindingRecord, UseRecord

Status = Literal["answered", "not_found", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question asked earlier in the talk, with the answer it got."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    history: tuple[Turn, ...] = ()  # the latest last
    tags: tuple[str, ...] = ()  # only documents that bear one of these may answer; none: all may
    person: str = ""  # whose budget it goes by
    anew: bool = False  # it is to be written, not served as a reviewer verified it


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more requests to models, and what they cost."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = 0.0  # None: no price is known for some of it
    estimated: bool = False  # some of it was counted here, because a server did not
    cached_tokens: int = 0  # of the input, what a server had read before and sells cheaper

    def __add__(self, other: "Usage") -> "Usage":
        known = self.cost_usd is not None and other.cost_usd is not None
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            (self.cost_usd or 0.0) + (other.cost_usd or 0.0) if known else None,
            self.estimated or other.estimated,
            self.cached_tokens + other.cached_tokens,
        )


Spend = Callable[[Usage], None]  # is told what a request to a model cost


def unpaid(_: Usage) -> None:
    """Nobody keeps account."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: the question made to stand alone."""

    text: str
    rewritten_by: str | None = None  # a model's name, "rules", or None: it stood alone already
    usage: Usage = field(default=Usage(), compare=False)  # of the model that rewrote it
    masked: Mapping[Kind, int] = field(default_factory=dict, compare=False)  # values that this model did not see


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chunk of a passage stands: neighbours that were merged may have another section or page."""

    start: int  # in characters of the document's text
    section: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document as retrieved: one chunk, or neighbours merged."""

    number: int  # as the writer sees it, from 1
    chunk_ids: tuple[int, ...]
    document_id: int
    document: str  # its title
    places: tuple[Place, ...]  # at least one, in order
    start: int  # span in characters of the document's text
    end: int
    text: str
    relevance: float  # 0 to 1, for people to read
    lexical: float | None = None  # bm25 over the best bm25 of this search
    vector: float | None = None  # cosine
    version: int = 1  # of the document

    @property
    def section(self) -> str:
        return self.places[0].section

    @property
    def page(self) -> int | None:
        return self.places[0].page

    def place(self, position: int) -> Place:
        """Where a position of the document's text stands."""
        before = [place for place in self.places if place.start <= position]
        return before[-1] if before else self.places[0]


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The passages for one query, the best first."""

    passages: tuple[Passage, ...]
    terms: tuple[str, ...] = ()
    relevant: bool = False  # whether anything is close enough to answer from
    lesser: str | None = None  # why it went by words alone, see rag/problems.py; None: by words and meaning
    library_empty: bool = False
    suspects: tuple[FindingRecord, ...] = ()  # of guards, in chunks of these passages, when their documents came in


@dataclass(frozen=True, slots=True)
class Citation:
    """A footnote that was found word for word in its source."""

    number: int
    quote: str
    document_id: int
    document: str
    section: str
    page: int | None
    start: int  # span in characters of the document's text
    end: int
    version: int = 1  # of the document


@dataclass(frozen=True, slots=True)
class Part:
    """The words one writer wrote: a span of the answer's text, in characters."""

    writer: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Vouched:
    """The verified answer that was served, and when a reviewer last vouched for it."""

    id: int
    since: datetime
    uses: tuple[UseRecord, ...] = ()  # the chunks it rests on


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of a question: what is shown and kept."""

    text: str
    status: Status
    writer: str | None = None
    citations: tuple[Citation, ...] = ()
    follow_ups: tuple[str, ...] = ()
    degraded: str | None = None  # kind of the trouble behind a lesser answer, see rag/problems.py
    problem: str | None = None  # kind of the trouble behind a refused or failed one
    prompt: str = ""
    usage: Usage = field(default_factory=Usage)
    parts: tuple[Part, ...] = ()  # who wrote what, in order; none where no word was written
    support: tuple[Sentence, ...] | None = None  # what its sentences rest on; None: they were not looked at
    verified: Vouched | None = None
