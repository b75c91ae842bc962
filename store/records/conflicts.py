"""Sources of an answer that disagree, or that something newer has replaced."""

from dataclasses import dataclass
from typing import Literal

ConflictKind = Literal["number", "date", "older"]


@dataclass(frozen=True, slots=True)
class ConflictRecord:
    """Two passages that say different things, or one that is older than what there is now."""

    kind: ConflictKind
    first: int  # number of a footnote
    second: int | None  # of the other one; None: it is not cited, or there is none
    first_words: str  # as they stand in the document
    second_words: str
    document_id: int | None  # None: it was deleted since
    other_id: int | None
    why: str  # in words for readers
