"""What guards found, and what people say about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

FindingStand = Literal["question", "document", "passage", "stream", "answer"]
FindingAction = Literal["allow", "flag", "mask", "ask_again", "refuse"]
FindingVerdict = Literal["right", "wrong"]
STOPPING: tuple[FindingAction, ...] = ("ask_again", "refuse")  # after which a text did not pass as it was
BROKEN = "broken"  # found where a guard could not look: no opinion, so nothing to be right or wrong about
Outcome = Literal["valid", "mended", "unusable"]
ReviewKind = Literal["appeal", "sample"]
ReviewVerdict = Literal["fine", "attack"]
ReviewFilter = Literal["open", "appeal", "sample", "decided"]  # the first three: not decided yet


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """One thing a guard saw and what was done; `start` and `end` in characters of the text it was found in."""

    stand: FindingStand
    guard: str
    what: str
    why: str
    action: FindingAction
    sure: float = 1.0
    start: int | None = None
    end: int | None = None
    message_id: int | None = None
    document_id: int | None = None
    chunk_id: int | None = None
    verdict: FindingVerdict | None = None
    created_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class ExampleRecord:
    """An approved answer: `passages` with number, document and text, `draft` as a model would have to write it."""

    id: int
    question: str
    passages: tuple[dict[str, Any], ...]
    draft: dict[str, Any]
    message_id: int | None = None  # the answer it was made from


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """How one model did with one answer."""

    model: str
    outcome: Outcome
