"""A text as numbers: the buckets of its runs of letters and words, each with its place.

Runs of 3 to 5 characters and of 1 to 3 words are hashed into a table of fixed size ("hashing trick", Weinberger et al.
2009), all at once: the hash of a run is a difference of running sums, so a text of 1,000 characters takes half a
millisecond.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

BITS = 18  # of the table: 262,144 buckets
CHARACTERS, WORDS = (3, 4, 5), (1, 2, 3)
LONGEST = 60_000  # characters that are read

_FACTOR = np.uint64(0x9E3779B97F4A7C15 | 1)
_INVERSE = np.uint64(pow(int(_FACTOR), -1, 2**64))
_MIX = np.uint64(0xD6E8FEB86659FD93)
_PIECE = re.compile(r"\w+|[^\w\s]")
_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Grams:
    """The runs of a text: bucket and first character (of the text as it came in) of each, in the order of places."""

    buckets: NDArray[np.int64]
    places: NDArray[np.int64]


def grams(text: str) -> Grams:
    """All runs of characters and words of a text."""
    text = text[:LONGEST]
    read, origin = _read(text)
    codes = np.frombuffer(read.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    up, down = _powers(_ceiling(len(codes) + 1))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum((codes + np.uint64(1)) * up[: len(codes)])])
    spans = [(seed, *_characters(len(codes), size)) for seed, size in enumerate(CHARACTERS)]
    starts, ends = _pieces(read)
    spans += [(seed, *_words(starts, ends, size)) for seed, size in enumerate(WORDS, len(CHARACTERS))]
    buckets = np.concatenate([_hashed(sums, down, first, last, seed) for seed, first, last in spans])
    places = origin[np.concatenate([first for _, first, _ in spans])]
    order = np.argsort(places, kind="stable")
    return Grams(buckets[order], places[order])


def _read(text: str) -> tuple[str, NDArray[np.int64]]:
    """The text without case, with single spaces and one digit for all; and where each character comes from."""
    plain = unicodedata.normalize("NFC", text.casefold())
    origin = np.arange(len(plain), dtype=np.int64)
    if len(plain) != len(text):  # some letters have become two, or two one: nearly the same place will do
        origin = (origin * len(text)) // max(len(plain), 1)
    plain = _DIGIT.sub("0", plain)
    kept = np.ones(len(plain), dtype=bool)
    for gap in _SPACE.finditer(plain):
        kept[gap.start() + 1 : gap.end()] = False
    if not kept.all():
        plain, origin = _SPACE.sub(" ", plain), origin[kept]
    else:
        plain = _SPACE.sub(" ", plain)
    edge = np.zeros(1, np.int64)
    return f" {plain} ", np.concatenate([edge, origin, origin[-1:] if len(origin) else edge])


def _characters(length: int, size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    first = np.arange(max(length - size + 1, 0), dtype=np.int64)
    return first, first + size


def _pieces(read: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    spans = np.array([piece.span() for piece in _PIECE.finditer(read)], dtype=np.int64).reshape(-1, 2)
    return spans[:, 0], spans[:, 1]


def _words(
    starts: NDArray[np.int64], ends: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    count = max(len(starts) - size + 1, 0)
    return starts[:count], ends[size - 1 : size - 1 + count]


def _hashed(
    sums: NDArray[np.uint64], down: NDArray[np.uint64], first: NDArray[np.int64], last: NDArray[np.int64], seed: int
) -> NDArray[np.int64]:
    """The buckets of the runs from `first` to `last`, which do not depend on where they stand."""
    value = (sums[last] - sums[first]) * down[first] + np.uint64(seed)
    value = (value ^ (value >> np.uint64(32))) * _MIX
    value = (value ^ (value >> np.uint64(29))) * _MIX
    return (value >> np.uint64(64 - BITS)).astype(np.int64)


def _ceiling(length: int) -> int:
    """The next power of two, so that few tables are kept."""
    return 1 << max(length - 1, 1).bit_length()


@cache
def _powers(length: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The powers of the factor and of its inverse, modulo 2 to the 64th."""
    one = np.ones(1, np.uint64)
    rest = length - 1
    return (
        np.concatenate([one, np.cumprod(np.full(rest, _FACTOR))]),
        np.concatenate([one, np.cumprod(np.full(rest, _INVERSE))]),
    )
