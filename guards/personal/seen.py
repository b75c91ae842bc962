"""What all detectors share: a place in a text, and the words that stand around it."""

import re
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
IN_WORDS: Mapping[Kind, tuple[str, str]] = {  # one, and several
    "e-mail": ("an e-mail address", "e-mail addresses"),
    "phone": ("a phone number", "phone numbers"),
    "card": ("a card number", "card numbers"),
    "IBAN": ("an IBAN", "IBANs"),
    "bank account": ("an account number", "account numbers"),
    "IP address": ("an IP address", "IP addresses"),
    "national id": ("a national id", "national ids"),
    "date of birth": ("a date of birth", "dates of birth"),
    "name": ("a name", "names"),
    "address": ("a postal address", "postal addresses"),
}
KINDS: tuple[Kind, ...] = tuple(IN_WORDS)
_RUN = re.compile(r"\d+(?:[^\w\n]{0,3}[A-Za-z]{0,7}[^\w\n]{0,3}\d+)*")
_BLANK = re.compile(r"\s")
_ALSO = str.maketrans("İıſ", "iis")  # which patterns that ignore case take for these letters, and `lower` does not
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


@lru_cache(4)  # all detectors look at the same text, one after the other
def folded(text: str) -> str:
    """The text in small letters: what a pattern finds in any case has its letters here."""
    return (text if text.isascii() else text.translate(_ALSO)).lower()


def holds(text: str, some: Sequence[str]) -> bool:
    """Whether any of these words, given in small letters, stands in the text; without them a pattern finds nothing."""
    small = folded(text)
    return any(map(small.__contains__, some))


def near_digits(text: str, *, least: int, before: int, after: int) -> Iterator[tuple[int, int]]:
    """The parts of a text around runs of at least so many digits, up to a blank: most of a text has none of these.

    A run may hold a few other signs and short words. Patterns that need digits look only there, which saves most of
    their time.
    """
    start = end = -1
    for begin, stop, count in _runs(text):
        if count < least:
            continue
        if begin - before > end:
            if end >= 0:
                yield start, _blank(text, end)
            start = max(begin - before, 0)
        end = stop + after
    if end >= 0:
        yield start, _blank(text, end)


@lru_cache(4)
def _runs(text: str) -> Sequence[tuple[int, int, int]]:
    """Where runs of digits begin and end, and how many digits they have."""
    return [(*run.span(), len(digits(run[0]))) for run in _RUN.finditer(text)]


def _blank(text: str, at: int) -> int:
    """The first blank from there on, so that no word is cut."""
    found = _BLANK.search(text, at)
    return found.start() if found else len(text)


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


def counted(kinds: Mapping[Kind, int]) -> str:
    """How many of which, in words: "an IBAN, 2 names"."""
    known = [(kind, kinds[kind]) for kind in KINDS if kinds.get(kind)]
    return ", ".join(IN_WORDS[kind][0] if many == 1 else f"{many} {IN_WORDS[kind][1]}" for kind, many in known)
