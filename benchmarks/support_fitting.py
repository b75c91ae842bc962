"""The weights of guards/support/rating.py, found from answers that people judged."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.measuring import Cell, Table
from guards.support.features import Features
from guards.support.rating import BY_MEANING, BY_WORDS, WORDS_COMPARED, measures
from guards.support.support import LONGEST

ROUNDS = 6
Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """An answer's sentences with their measures, and whether people found it supported."""

    origin: str
    supported: bool
    sentences: Sequence[tuple[str, Features]]


def fitted(samples: Sequence[Sample], embed: Embed) -> Table:
    """The weights as this fit finds them, beside those in use, which are rounded."""
    rows: list[list[Cell]] = []
    by_words = [(one, [list(measures(found).values()) for _, found in one.sentences]) for one in samples]
    by_meaning = [(one, list(_with_meaning(one, embed))) for one in samples]
    for name, some, (constant, weights) in (
        ("words", by_words, BY_WORDS),
        ("words and meaning", by_meaning, BY_MEANING),
    ):
        found = _fit([(one, np.array(values)) for one, values in some if values])
        for label, value, now in zip(["constant", *weights], found, [constant, *weights.values()], strict=True):
            rows.append([name, label, float(value), f"{now:.1f}"])
    return Table("Weights, fitted on the half they were chosen on", ["Rated by", "Measure", "Fitted", "Now"], rows)


def _fit(samples: Sequence[tuple[Sample, Rows]]) -> list[float]:
    """Constant and weights. An answer is as good as its worst sentence, as the weights before say (multiple-instance
    learning); each source, and in it each kind, weighs the same."""
    counts = Counter((one.origin, one.supported) for one, _ in samples)
    importance = np.array([1 / counts[one.origin, one.supported] for one, _ in samples])
    importance *= len(samples) / importance.sum()
    chosen = [rows.mean(axis=0) for _, rows in samples]
    model = LogisticRegression(max_iter=5000)
    for _ in range(ROUNDS):
        model.fit(np.array(chosen), [one.supported for one, _ in samples], sample_weight=importance)
        chosen = [rows[model.decision_function(rows).argmin()] for _, rows in samples]
    return [float(model.intercept_[0]), *map(float, model.coef_[0])]


def _with_meaning(one: Sample, embed: Embed) -> Iterator[list[float]]:
    for words, found in one.sentences:
        if found.words >= WORDS_COMPARED and found.nearest:
            said, *near = np.array(embed([text[:LONGEST] for text in (words, *(unit.text for unit in found.nearest))]))
            yield list(measures(found, max(float(said @ other) for other in near)).values())
