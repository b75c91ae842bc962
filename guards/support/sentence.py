"""What is said of one sentence of an answer."""

from dataclasses import dataclass
from typing import Literal

Standing = Literal["supported", "weak", "unsupported"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that claims something: its span in characters of the answer, and how it stands by the passages.

    `why` is a short sentence for the reader, "" for a supported one; `score` goes from 0 to 1: how likely the passages
    say it.
    """

    start: int
    end: int
    verdict: Standing
    why: str
    score: float
