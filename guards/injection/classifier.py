"""How much a text resembles attacks: a logistic regression on hashed runs of letters and words, and on the patterns.

The weights are a file of this package, made by `python -m benchmarks.injection.training` and loaded at the first text.
docs/guards-injection.md says from which data, under which licences, and how well it does on what it has not seen.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from guards.injection.features import Grams, grams
from guards.injection.patterns import Seen, kinds
from guards.injection.words import FOLDER

FILE = FOLDER / "weights.npz"
FEWEST = 60  # runs a text is taken to have at least: two words are no evidence
WHOLE = 600  # characters up to which a text is looked at in one
WINDOW, STEP = 300, 40  # characters of the parts of a longer one, and of its sentences at least
_END = re.compile(r"[.!?]\s+|\n+|$")


@dataclass(frozen=True, slots=True)
class Weights:
    """Of each bucket, of each kind of pattern, the start, and what parts must exceed a whole text by.

    `document` is by how much a text out of a document must exceed a question.
    """

    buckets: NDArray[np.float32]
    patterns: dict[str, float]
    bias: float
    part: float = 0.0
    document: float = 0.0


def likelihood(text: str, found: Sequence[Seen], *, document: bool = False) -> float:
    """From 0 to 1: that this text tries to take the assistant over. The likeliest part of a long text decides."""
    weights = carried()
    odds = logit(grams(text), found, parts(text), weights) - (weights.document if document else 0.0)
    return 1 / (1 + math.exp(-max(min(odds, 30.0), -30.0)))


def logit(read: Grams, found: Sequence[Seen], spans: Sequence[tuple[int, int]], weights: Weights) -> float:
    """The highest log odds of these spans, the first of which is the whole text."""
    sums = np.concatenate([np.zeros(1), np.cumsum(weights.buckets[read.buckets], dtype=np.float64)])
    best = -math.inf
    for number, (start, end) in enumerate(spans):
        first, last = np.searchsorted(read.places, [start, end])
        runs = float(sums[last] - sums[first]) / math.sqrt(max(int(last - first), FEWEST))
        said = {one.kind for one in found if start <= one.start < end}
        odds = runs + sum(weights.patterns.get(kind, 0.0) for kind in said) + weights.bias
        best = max(best, odds - (weights.part if number else 0.0))
    return best


def parts(text: str) -> list[tuple[int, int]]:
    """The whole text; of a long one also its runs of sentences, each about `WINDOW` characters long."""
    spans = [(0, len(text) + 1)]
    if len(text) <= WHOLE:
        return spans
    sentences: list[tuple[int, int]] = []
    start = 0
    for end in (found.end() for found in _END.finditer(text)):
        while end - start > WINDOW:
            sentences.append((start, start + WINDOW))
            start += WINDOW
        if end - start >= STEP or end == len(text):
            sentences.append((start, end))
            start = end
    last = 0
    for first, (start, _) in enumerate(sentences):
        last = max(last, first)
        while last + 1 < len(sentences) and sentences[last + 1][1] - start <= WINDOW:
            last += 1
        spans.append((start, sentences[last][1]))
    return spans


@cache
def carried() -> Weights:
    """The weights that come with the package."""
    with np.load(FILE) as told:
        scale = float(told["scale"])
        return Weights(
            buckets=told["buckets"].astype(np.float32) * np.float32(scale),
            patterns={kind: float(weight) for kind, weight in zip(kinds(), told["patterns"], strict=True)},
            bias=float(told["bias"]),
            part=float(told["part"]),
            document=float(told["document"]),
        )


def save(weights: Weights) -> None:
    """Write the weights, each bucket in one byte."""
    scale = float(np.abs(weights.buckets).max()) / 127
    np.savez_compressed(
        FILE,
        buckets=np.round(weights.buckets / scale).astype(np.int8),
        scale=np.float32(scale),
        patterns=np.array([weights.patterns.get(kind, 0.0) for kind in kinds()], dtype=np.float32),
        bias=np.float32(weights.bias),
        part=np.float32(weights.part),
        document=np.float32(weights.document),
    )
