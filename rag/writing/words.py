"""The words of a text with their places, and which words a library of texts knows: what joining goes by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.ingest.sentences import sentences

_MARK = re.compile(r"\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]|\[[\d,;\s]*\Z")  # also one in the making
_ENDED = re.compile(r"[.!?…:。！？][\"'”’»)\]*_`]*\s*\Z|\n\s*\Z|\A\s*\Z")
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word without its capitals, and its span in characters."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words in order; footnote marks are none."""
    return [Word(found[0].casefold(), found.start(), found.end()) for found in _WORD.finditer(unmarked(text))]


def unmarked(text: str) -> str:
    """The text with blanks where marks stand, so that places stay the same."""
    return _MARK.sub(lambda mark: " " * len(mark[0]), text)


def starts(text: str) -> list[int]:
    """Where the sentences of a text start; a mark belongs to the sentence before it."""
    return [start for start, _ in sentences(unmarked(text))] or [0]


def has_ended(text: str) -> bool:
    """Whether a text does not stop in the middle of a sentence."""
    return bool(_ENDED.search(unmarked(text)))


def whole_sentences(text: str) -> str:
    """The text without a last sentence that is not whole."""
    return text if has_ended(text) else text[: starts(text)[-1]]


def marks(text: str) -> set[str]:
    """The numbers of a text's marks."""
    return {number for mark in _MARK.findall(text) for number in re.findall(r"\d+", mark)}


class Vocabulary:
    """The words of some texts, and which of them stand side by side."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        in_order = [[word.text for word in words(text)] for text in texts]
        self._words = {word for text in in_order for word in text}
        self._pairs = {pair for text in in_order for pair in pairwise(text)}

    def knows(self, word: str) -> bool:
        return word in self._words

    def begins(self, beginning: str) -> bool:
        """Whether a longer word begins so."""
        return any(word.startswith(beginning) and word != beginning for word in self._words)

    def side_by_side(self, first: str, second: str) -> bool:
        return (first, second) in self._pairs

    def amid(self, name: str) -> bool:
        """Whether a word stands with its capital in the middle of a sentence, as names do."""
        within = re.compile(rf"[\w,;] {re.escape(name)}\b")
        return any(within.search(text) for text in self._texts)
