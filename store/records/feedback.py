"""What readers correct: the words of an answer, and what it cites."""

from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

Change = Literal["same", "deleted", "inserted"]


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A piece on the way from one text to another."""

    kind: Change
    text: str


@dataclass(frozen=True, slots=True)
class BetterSourceRecord:
    """What a reader would have cited. Without words of it, `start` and `end` are 0: the document as a whole."""

    document_id: int
    document: str  # its title
    start: int  # span in characters of the document's text
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class WrongSourceRecord:
    """A footnote that a reader calls wrong."""

    number: int
    citation_id: int
    quote: str
    better: BetterSourceRecord | None = None
    words: str = ""  # of a better source, as they were given; they stand in no document where `better` is None

    def stored(self) -> dict[str, Any]:
        """As the database keeps it."""
        return asdict(self) | {"wrong": True}

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Self:
        """What `stored` gave."""
        better = kept.get("better")
        return cls(
            number=kept["number"],
            citation_id=kept["citation_id"],
            quote=kept["quote"],
            better=BetterSourceRecord(**better) if better else None,
            words=kept.get("words", ""),
        )
