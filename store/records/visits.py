"""What readers did, on its way into the store."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

SignalKind = Literal[
    "copied", "citation_opened", "follow_up", "asked_again", "rephrased", "stopped", "left", "returned"
]


@dataclass(frozen=True, slots=True)
class ActRecord:
    """Something a person did with an answer."""

    person: str
    answer_id: int
    kind: SignalKind
    at: datetime
    detail: str = ""  # the number of a footnote, never words
    undone: bool = False  # it was not so after all: it is taken back


@dataclass(frozen=True, slots=True)
class EarlierRecord:
    """The answer that a person got before the one they ask for now, and both questions."""

    answer_id: int
    question: str
    asked_at: datetime
    ended_at: datetime | None  # None: it was still being written
    question_now: str
    asked_now_at: datetime
    repeats: int | None = None  # the answer before to the same question, when that is asked again
