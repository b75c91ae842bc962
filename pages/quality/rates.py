"""Shares of what was counted, in words: with their interval, and never of few votes."""

from rag.figures import ENOUGH, between, spoken
from rag.intervals import wilson


def of_reviewed(part: int, whole: int) -> str:
    """A share of what reviewers looked at, such as "12 % (4.2 to 30 %), 3 of 25"."""
    return few(whole) or f"{_share(part, whole)}, {part:,} of {whole:,}"


def of_all(part: int, whole: int, reviewed: int) -> str:
    """A share of everything, of which reviewers looked at few: it is at least so large."""
    return few(reviewed) or (f"at least {_share(part, whole)}" if whole else "–")


def few(reviewed: int) -> str:
    """What is said instead of a share while there are too few votes; nothing when there are enough."""
    return "" if reviewed >= ENOUGH else f"not enough reviews yet: {reviewed} of at least {ENOUGH}"


def _share(part: int, whole: int) -> str:
    return f"{spoken(part / whole, 'share')} ({between(*wilson(part, whole), 'share')})"
