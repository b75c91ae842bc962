"""The small words of a question that say how things stand to each other, with the words behind them."""

from collections.abc import Collection, Sequence
from itertools import pairwise

from rag.retrieval.terms import STOP_WORDS, stem

DIRECTIONS = frozenset(
    "from to by with than before after into above below until under over against between since only".split()
)
_SPANS = frozenset("in for within by on at every per".split())  # "for 3 months", "in 3 months"
OTHERS = frozenset("for of in on at".split())


def directions(said: Sequence[str]) -> dict[str, str]:
    """The first word of weight behind each direction, behind several of them all."""
    found: dict[str, str] = {}
    for at, word in enumerate(said):
        if word in DIRECTIONS:
            behind = next((one for one in said[at + 1 :] if one not in STOP_WORDS), "")
            found[word] = f"{found.get(word, '')} {stem(behind)}"
    return found


def spans(plain: Sequence[str], figure: str) -> frozenset[str]:
    """The small words right before a figure, which stands there as this word."""
    return frozenset(word for word, behind in pairwise(plain) if behind == figure and word in _SPANS)


def behind(said: Sequence[str], small: Collection[str]) -> frozenset[str]:
    """The stems of the words of weight right behind these small ones, articles aside."""
    kept = [word for word in said if word not in ("a", "an", "the")]
    return frozenset(stem(word) for before, word in pairwise(kept) if before in small and word not in STOP_WORDS)


def owned(said: Sequence[str]) -> frozenset[tuple[bool, str]]:
    """The stems behind "my", "our" and "your", and whether they are those of who asks."""
    return frozenset((whose != "your", stem(word)) for whose, word in pairwise(said) if whose in ("my", "our", "your"))
