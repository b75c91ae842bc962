"""Whether two questions ask for the same in other words.

By their meaning where the carried model is there, else by the stems of their words. The thresholds were chosen on
sixty pairs made by hand (tests/rag/rephrasings.py) so that no question about something else is among those found:
a question that was answered well must not look as if it had not been.

Of these 30 rephrasings 14 are found; of the 50 of benchmarks/verified_pairs.toml, made for another end, 44. The
limit is not the threshold: 12 % of CANARD's pairs of questions of one conversation that ask for something else are
as close, since all of a conversation share its subject (SQuAD, one paragraph: 5 %). A sum of cosine, shared stems,
what is asked for and words of one side alone, fitted on one half, found no more on the other without taking more of
these.
"""

import re
from collections.abc import Callable
from typing import Protocol

from rag.names import names
from rag.retrieval.embedding import CARRIED, Embedder
from rag.retrieval.terms import stems, words

COSINE = 0.8  # of the carried model; cosines of other models mean something else
SHARED = 0.6  # of all stems of both
_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|next"
)

_NOT = re.compile(r"\b(?:not|no|never|none|without|except|cannot|nicht|kein\w*|ohne)\b|n['’]t\b", re.IGNORECASE)


class Likeness(Protocol):
    """Whether two questions ask for the same in other words."""

    def __call__(self, one: str, other: str) -> bool: ...


def same(one: str, other: str) -> bool:
    """Whether two questions are the same, word by word."""
    return words(one) == words(other)


def likeness(embedder: Callable[[], Embedder | None]) -> Likeness:
    """Tells by meaning when the carried model has warmed up, by stems until then and with every other model."""

    def alike(one: str, other: str) -> bool:
        if _about_something_else(one, other):
            return False
        if _shared(one, other) >= SHARED:
            return True
        model = embedder()
        if model is None or model.name != CARRIED:
            return False
        first, second = model.passages([one, other])
        return sum(a * b for a, b in zip(first, second, strict=True)) >= COSINE

    return alike


def _about_something_else(one: str, other: str) -> bool:
    """Whether only one says "not", or both name numbers, or names, and not the same ones: "in 2023" and "in 2024"."""
    if _negated(one) != _negated(other):
        return True
    for found in (_numbers, _names):
        first, second = found(one), found(other)
        if first and second and first.isdisjoint(second):
            return True
    return False


def _negated(text: str) -> bool:
    return bool(_NOT.search(text))


def _numbers(text: str) -> set[str]:
    return {word for word in words(text) if _NUMBER.fullmatch(word)}


def _names(text: str) -> set[str]:
    return {name.lower() for name in names(text)}


def _shared(one: str, other: str) -> float:
    first, second = stems(one), stems(other)
    return len(first & second) / (len(first | second) or 1)
