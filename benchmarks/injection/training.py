"""Trains the classifier of guards/injection: `python -m benchmarks.injection.training`.

Learns from the phrase grammar of this package and from the first half of injection.jsonl, as far as licences allow
(rows.py). The threshold is chosen on the same half, each text scored by weights that were fitted without it.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.injection.fitting import MATERIAL, Example, example, fitted, scores
from benchmarks.injection.material import material
from benchmarks.injection.rows import Row, injection_rows
from guards.injection.classifier import FILE, Weights, save

FOLDS = 5
ALLOWED = {"plain": 0.01, "lookalike": 0.04}  # false alarms on the first half
MARGINS = (0.0, 0.5, 1.0, 1.5, 2.0)  # by which a part of a long text must exceed a whole one


def main() -> None:
    weights = trained([row for row in injection_rows() if row.is_first_half])
    save(weights)
    print(f"{FILE.stat().st_size:,} bytes; patterns: {weights.patterns}; margin of a part: {weights.part}")


def trained(rows: Sequence[Row]) -> Weights:
    """The weights fitted to all of these rows that may be learnt from, so that 0 is the threshold."""
    learnt = [row for row in rows if row.may_train]
    examples, others = from_rows(learnt), grammar()
    whole, inner = out_of_fold(learnt, examples, others)
    threshold, margin, document = chosen(learnt, whole, inner)
    weights = fitted([*examples, *others])
    return replace(weights, bias=weights.bias - threshold, part=margin, document=document)


def from_rows(rows: Sequence[Row]) -> list[Example]:
    return [example(row.text, is_attack=row.is_attack, group=row.source, is_document=row.is_document) for row in rows]


def grammar() -> list[Example]:
    """The project's own texts."""
    return [
        example(one.text, is_attack=one.is_attack, group="grammar", is_document=one.kind == "planted", weight=MATERIAL)
        for one in material()
    ]


def out_of_fold(
    rows: Sequence[Row], examples: Sequence[Example], others: Sequence[Example]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The log odds of each text by weights that do not know it: of the whole, and of its most likely part."""
    fold = np.array([int(row.id[-4:], 16) % FOLDS for row in rows])
    found = np.zeros((len(rows), 2))
    for number in range(FOLDS):
        weights = fitted([*(one for one, at in zip(examples, fold, strict=True) if at != number), *others])
        for place in np.flatnonzero(fold == number):
            found[place] = scores(examples[place], weights)
    return found[:, 0], found[:, 1]


def chosen(rows: Sequence[Row], whole: NDArray[np.float64], inner: NDArray[np.float64]) -> tuple[float, float, float]:
    """Threshold and margin that find most attacks in questions within `ALLOWED`; and how much more documents need."""
    kinds = np.array([row.kind for row in rows])
    attacks, documents = (np.array([getattr(row, name) for row in rows]) for name in ("is_attack", "is_document"))
    best = (-1.0, 0.0, 0.0, 0.0)
    for margin in MARGINS:
        odds = np.maximum(whole, inner - margin)
        limits = [_above(odds[(kinds == kind) & ~documents], share) for kind, share in ALLOWED.items()]
        threshold = max(limits)
        further = max(_above(odds[~attacks & documents], ALLOWED["plain"]) - threshold, 0.0)
        found = float((odds[attacks] > threshold + further * documents[attacks]).mean())
        best = max(best, (found, threshold, margin, further))
    return best[1], best[2], best[3]


def _above(odds: NDArray[np.float64], share: float) -> float:
    """The threshold that this share of the odds exceeds, at most."""
    return float(np.quantile(odds, 1 - share, method="higher")) + 1e-6


if __name__ == "__main__":
    main()
