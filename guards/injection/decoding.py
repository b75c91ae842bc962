"""What a text hides: its disguises and codes read, also one inside of another, in bounded time and space."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from guards.injection.codes import encoded
from guards.injection.looks import Disguise, disguises
from guards.injection.pieces import joined
from guards.injection.words import signal_words

DEPTH = 2  # a code inside of a code; what lies deeper is found by no model either
MOST = 12  # texts that are read out of one
LONGEST = 40_000  # characters of all of them together


@dataclass(frozen=True, slots=True)
class Variant:
    """A text as it can be read; `how` names the disguises from the outside in, start and end its place."""

    text: str
    start: int
    end: int
    how: tuple[str, ...]


def variants(text: str) -> list[Variant]:
    """What can be read in a text besides itself, at most `MOST`, the outermost first."""
    found: list[Variant] = []
    layer = [Variant(text, 0, len(text), ())]
    known, room = {text}, LONGEST
    for _ in range(DEPTH):
        inner: list[Variant] = []
        for outer in layer:
            for variant in _inside(outer):
                if variant.text in known or len(found) == MOST or len(variant.text) > room:
                    continue
                known.add(variant.text)
                room -= len(variant.text)
                inner.append(variant)
                found.append(variant)
        layer = inner
    return found


def _inside(outer: Variant) -> Iterator[Variant]:
    read: Iterator[Disguise] = chain(disguises(outer.text), encoded(outer.text), joined(outer.text))
    for how, told, start, end in read:
        apart = _apart(told) if how == "spaced letters" else told
        if outer.how:  # places inside of what was decoded mean nothing to a reader
            yield Variant(apart, outer.start, outer.end, (*outer.how, how))
        else:
            yield Variant(apart, start, end, (how,))


def _apart(run: str) -> str:
    """Letters without spaces, with the words attacks are made of set apart."""
    return re.sub(r"\s+", " ", _known().sub(r" \g<0> ", run)).strip()


@cache
def _known() -> re.Pattern[str]:
    listed = sorted({*signal_words(), "your", "what", "tell"}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, listed)), re.IGNORECASE)
