"""What the Operations page counts: requests to models, answers, files on their way, room on the disk."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallStatistics:
    """A model's requests over a stretch of time.

    Latencies are those of requests that went well, in milliseconds, to within ten: half of them were that quick (p50),
    nineteen of twenty were that quick (p95).
    """

    model: str
    calls: int = 0
    well: int = 0
    first_p50_ms: float | None = None
    first_p95_ms: float | None = None
    total_p50_ms: float | None = None
    total_p95_ms: float | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0  # of those whose price is known
    unpriced: int = 0


@dataclass(frozen=True, slots=True)
class DraftCounts:
    """How a model's drafts of answers did: valid at once, after it was asked once more, or given up for another."""

    valid: int = 0
    mended: int = 0
    unusable: int = 0

    @property
    def all(self) -> int:
        return self.valid + self.mended + self.unusable


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many answers ended like this."""

    state: str
    writer: str | None
    count: int


@dataclass(frozen=True, slots=True)
class LibraryCounts:
    """How far the library is."""

    documents: int
    chunks: int
    embedded: int  # chunks with their vectors
    on_their_way: int  # files
    failed: int  # files, not dismissed yet
    written_elsewhere: int = 0  # answers that other processes write right now


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """The database by its size; None where it is not a file of ours."""

    dialect: str
    revision: str | None
    is_current: bool  # whether its tables are those this version knows
    file_bytes: int | None = None
    log_bytes: int | None = None  # SQLite's write-ahead log
