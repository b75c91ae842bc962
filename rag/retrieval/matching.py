"""How the words of a query stand in a text: how many of them, how close together, in what order.

bm25 counts words wherever they stand. That they stand in one sentence, in the order of the question, says more: each
of these two raised nDCG@10 by more than a point on SQuAD, see docs/retrieval.md.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.retrieval.terms import stem, stem_sequence, stems, words

WINDOW = 25  # words, about one sentence
_NAME = re.compile(r"(?<!^)\b[^\W\d_a-zß-ÿ]\w+|\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query asks for. Weights are inverse document frequencies: rare words weigh more."""

    weights: Mapping[str, float]  # by stem
    pairs: Mapping[tuple[str, str], float]  # stems that stand side by side in the query, stop words among them
    names: frozenset[str]  # stems of its names and numbers


@dataclass(frozen=True, slots=True)
class Match:
    """Shares of the query's weight, from 0 to 1."""

    coverage: float  # stands somewhere in the text or its headings
    window: float  # stands together within WINDOW words
    phrase: float  # stands side by side as in the query
    missing: int  # names and numbers of the query that are nowhere to be seen


def wanted(query: str, frequencies: Mapping[str, int], total: int) -> Wanted:
    """Reads a query whose words stand in so many of `total` chunks."""
    weights: dict[str, float] = {}
    for term, count in frequencies.items():
        rarity = math.log(1 + (total - count + 0.5) / (count + 0.5))
        weights[stem(term)] = max(rarity, weights.get(stem(term), 0.0))
    pairs = {pair: sum(weights.get(one, 0.0) for one in pair) for pair in pairwise(stem_sequence(query))}
    named = {stem(word) for name in _NAME.findall(query) for word in words(name)}
    return Wanted(
        weights, {pair: weight for pair, weight in pairs.items() if weight}, frozenset(named & weights.keys())
    )


def match(query: Wanted, heading: str, text: str) -> Match:
    """How well a text under its headings fits a query."""
    sequence = stem_sequence(text)
    places = [(place, word) for place, word in enumerate(sequence) if word in query.weights]
    held = {word for _, word in places}
    above = stems(heading) & query.weights.keys()
    return Match(
        coverage=_share(query.weights, held | above),
        window=_best_window(query.weights, places),
        phrase=_share(query.pairs, set(_pairs(sequence, places))),
        missing=len(query.names - held - above),
    )


def _share(
    weights: Mapping[str, float] | Mapping[tuple[str, str], float], held: set[str] | set[tuple[str, str]]
) -> float:
    total = sum(weights.values())
    return sum(weight for one, weight in weights.items() if one in held) / total if total else 0.0


def _pairs(sequence: Sequence[str], places: Sequence[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    for place, _ in places:
        yield from pairwise(sequence[max(0, place - 1) : place + 2])


def _best_window(weights: Mapping[str, float], places: Sequence[tuple[int, str]]) -> float:
    """The largest share of the weight that stands within WINDOW words."""
    inside: Counter[str] = Counter()
    weight = best = 0.0
    first = 0
    for place, word in places:
        inside[word] += 1
        weight += weights[word] if inside[word] == 1 else 0.0
        while place - places[first][0] > WINDOW:
            left = places[first][1]
            inside[left] -= 1
            weight -= weights[left] if inside[left] == 0 else 0.0
            first += 1
        best = max(best, weight)
    return best / sum(weights.values()) if best else 0.0
