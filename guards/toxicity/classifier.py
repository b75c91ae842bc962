"""How toxic a text is, by weights that guards/training/toxicity.py learned and that are carried with the package."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp, sqrt

import numpy as np

from guards.toxicity.features import PLACES, Seen, features

WINDOW = 32  # words: a long text is as toxic as its worst part, which the rest must not dilute
_SENTENCE_END = re.compile(r"[.!?\n]")


class Weights:
    """A logistic regression in whole numbers from -127 to 127, with their common scale."""

    def __init__(self, places: "np.typing.NDArray[np.int8]", scale: float, bias: float) -> None:
        self._places = places.astype(np.float32) * scale
        self._bias = bias

    def margin(self, placed: Mapping[int, float]) -> float:
        """Over 0: rather toxic. The longer a text, the less each of its features weighs."""
        if not placed:
            return -abs(self._bias)
        values = np.fromiter(placed.values(), np.float32, len(placed))
        at = np.fromiter(placed.keys(), np.int64, len(placed))
        return float(self._places[at] @ values) / sqrt(float(values @ values)) + self._bias


@cache
def weights() -> Weights:
    """Read from the package once."""
    with files("guards.toxicity").joinpath("weights.npz").open("rb") as file, np.load(file) as kept:
        if len(kept["places"]) != PLACES:
            raise ValueError("weights.npz belongs to other features; run guards/training/toxicity.py again")
        return Weights(kept["places"], float(kept["scale"]), float(kept["bias"]))


def toxicity(text: str, words: Sequence[Seen]) -> float:
    """From 0 to 1, of the worst part; 0.5 is where false alarms become too many, see docs/guards-toxicity.md."""
    margin = max((weights().margin(features(part)) for part in parts(text, words)), default=-10.0)
    return 1 / (1 + exp(-max(-30.0, min(30.0, margin))))


def parts(text: str, words: Sequence[Seen]) -> Iterator[Sequence[Seen]]:
    """A text in parts of about `WINDOW` words, cut at the ends of sentences where there are any."""
    start = 0
    while len(words) - start > WINDOW * 3 // 2:
        ends = (
            at
            for at in range(start + WINDOW, start + WINDOW // 2, -1)
            if _SENTENCE_END.search(text, words[at - 1].token.end, words[at].token.start)
        )
        end = next(ends, start + WINDOW)
        yield words[start:end]
        start = end
    if words:
        yield words[start:]
