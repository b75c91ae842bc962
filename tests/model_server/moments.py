"""Words that tell when they were said, so that whoever receives them knows how late they are.

A word is four capital letters or digits: milliseconds of the machine's clock in base 36, which begin anew after 28
minutes. About as long as a model's tokens are; nothing that Markdown or a footnote is made of looks the same.
"""

import re
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .passages import Passage

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LENGTH = 4
ROUND_MS = 36**LENGTH
WORD = re.compile(rf"(?<![0-9A-Za-z])[0-9A-Z]{{{LENGTH}}}(?![0-9A-Za-z])")
A_SENTENCE = 25  # words


def word(at_ms: int) -> str:
    """The moment as a word."""
    rest, letters = at_ms % ROUND_MS, ""
    for _ in range(LENGTH):
        rest, digit = divmod(rest, 36)
        letters = DIGITS[digit] + letters
    return letters


def lag_ms(said: str, at_s: float) -> float:
    """How long after it was said a word came; half of what can be told counts as early, which clocks may make it."""
    late = (at_s * 1000 - int(said, 36)) % ROUND_MS
    return late if late < ROUND_MS / 2 else late - ROUND_MS


def lags_ms(arrivals: Sequence[tuple[float, int]], words: Sequence[str]) -> list[float]:
    """How late each word was, from how many there were at which time (in seconds since the epoch)."""
    seen = [(0.0, 0), *arrivals]
    return [lag_ms(said, at) for (_, before), (at, count) in pairwise(seen) for said in words[before:count]]


def telling(count: int, found: Passage | None) -> Iterator[str]:
    """An answer of so many words, each made at the moment it is asked for, that cites the passage in every sentence.

    Without a passage there are only the words. The last word's sentence is ended in a piece of its own.
    """
    mark = "" if found is None else f" [{found[0]}]"
    for number in range(count):
        ended = number and number % A_SENTENCE == 0
        yield f"{f'{mark}.' if ended else ''} {word(time.time_ns() // 1_000_000)}"
    yield f"{mark}."
