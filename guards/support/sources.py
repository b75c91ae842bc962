"""The passages, laid out so that sentences can be looked up in them quickly."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from guards.dates import Moment, moments
from guards.figures import figures
from guards.support.pieces import Splitter
from guards.support.words import stems

ANYTHING = ""
REACH = 3  # words: as far apart as two may stand to count as side by side
_TOKEN = re.compile(r"\w+")
_SIGN = re.compile(r"[$€£¥%°]")
_PER_CENT = re.compile(r"\s*(?:per ?cent|prozent|pour ?cent|por ciento|pct)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of a passage, and the stems it holds."""

    text: str
    stems: frozenset[str]


class Sources:
    """What passages hold, with their headings. Figures, dates and names of the question count as found too; its words
    do not."""

    def __init__(
        self, passages: Sequence[str], question: str, split: Splitter, language: str, headings: Sequence[str] = ()
    ) -> None:
        self.language = language
        texts = (*passages, *headings, question)
        sequences = [
            (passage[start:end], stems(passage[start:end], language))
            for passage in (*passages, *headings)
            for start, end in split(passage)
        ]
        self.units = [Unit(text, frozenset(found)) for text, found in sequences if found]
        self.places: dict[str, list[int]] = {}
        for at, unit in enumerate(self.units):
            for one in unit.stems:
                self.places.setdefault(one, []).append(at)
        self._pairs = frozenset(pair for _, found in sequences for pair in _pairs(found))
        self.moments: tuple[Moment, ...] = tuple(moment for text in texts for moment in moments(text))
        self.amid = _amid(passages, (*headings, question), language)
        tokens = [[token.casefold() for token in _TOKEN.findall(text)] for text in texts]
        self._tokens = Counter(token for found in tokens for token in found)
        self._joined = " ".join(token for found in tokens for token in found)

    def weight(self, stem: str) -> float:
        """The rarer among the sentences, the heavier."""
        count = len(self.places.get(stem, ()))
        return math.log(1 + (len(self.units) - count + 0.5) / (count + 0.5))

    def side_by_side(self, one: str, other: str) -> bool:
        return (one, other) in self._pairs or (other, one) in self._pairs

    def nearest(self, weights: Mapping[str, float], most: int) -> list[Unit]:
        """The sentences that share most with words of these weights, the best first."""
        shared: Counter[int] = Counter()
        for stem, weight in weights.items():
            for at in self.places.get(stem, ()):
                shared[at] += weight  # type: ignore[assignment]  # any number does
        return [self.units[at] for at, _ in shared.most_common(most)]

    def has_name(self, words: Iterable[str]) -> bool:
        """Whether each word of a name stands somewhere, also with an ending or as a part of another word."""
        return all(
            part in self._tokens or (len(part) > 2 and f" {part}" in self._joined)
            for word in words
            for part in _TOKEN.findall(word)
        )


def around(text: str, start: int, end: int, language: str) -> set[str]:
    """The stems and signs that stand close to a figure."""
    before, behind = text[max(0, start - 30) : start], text[end : end + 40]
    signs = set(_SIGN.findall(before[-2:] + behind[:2])) | ({"%"} if _PER_CENT.match(behind) else set())
    return {*stems(before, language)[-REACH:], *stems(behind, language)[:REACH], *signs}


def _amid(passages: Sequence[str], beside: Sequence[str], language: str) -> Mapping[Decimal, set[str]]:
    """What each figure stands close to; what a heading or the question has fits anything."""
    known: dict[Decimal, set[str]] = {}
    for text in passages:
        clocks = [moment for moment in moments(text) if moment.minutes]
        for figure in figures(text, also_words=True):
            if any(clock.start < figure.start < clock.end for clock in clocks):
                continue  # 17:30 does not say 30
            near = around(text, figure.start, figure.end, language)
            for value in figure.values:
                known.setdefault(value, set()).update(near)
    for text in beside:
        for figure in figures(text, also_words=True):
            for value in figure.values:
                known.setdefault(value, set()).add(ANYTHING)
    return known


def _pairs(found: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, one in enumerate(found):
        for other in found[at + 1 : at + 1 + REACH]:
            yield one, other
