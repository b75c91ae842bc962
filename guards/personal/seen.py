"""What all detectors share: a place in a text, and the words that stand around it."""

import re
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "e-mail",
    "phone",
    "card",
    "IBAN",
    "bank account",
    "IP address",
    "national id",
    "date of birth",
    "name",
    "address",
]
KINDS: tuple[Kind, ...] = (
    "e-mail",
    "phone",
    "card",
    "IBAN",
    "bank account",
    "IP address",
    "national id",
    "date of birth",
    "name",
    "address",
)
NEAR = 40  # characters before a number in which a word may say what it is


@dataclass(frozen=True, slots=True)
class Seen:
    """A piece of personal data: characters `start` to `end` of the text; `why` tells a reader how it was known."""

    kind: Kind
    start: int
    end: int
    sure: float
    why: str


Detector = Callable[[str], Iterator[Seen]]


def words(*said: str) -> re.Pattern[str]:
    """A pattern of whole words, in any case."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(said)})(?!\w)", re.IGNORECASE)


def says(pattern: re.Pattern[str], text: str, at: int, *, within: int = NEAR) -> bool:
    """Whether one of the words stands shortly before this place."""
    return bool(pattern.search(text, max(at - within, 0), at))


def digits(text: str) -> str:
    """The ASCII digits of a text and nothing else."""
    return "".join(sign for sign in text if "0" <= sign <= "9")


def apart(found: Sequence[Seen]) -> list[Seen]:
    """The findings in the text's order, without those that overlap a surer or, as sure, a longer one."""
    kept: list[Seen] = []
    for one in sorted(found, key=lambda seen: (-seen.sure, seen.start - seen.end, seen.start)):
        at = bisect(kept, one.start, key=lambda seen: seen.start)
        behind = at == 0 or kept[at - 1].end <= one.start
        if behind and (at == len(kept) or one.end <= kept[at].start):
            kept.insert(at, one)
    return kept
