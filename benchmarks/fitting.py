"""The weights of rag/retrieval/fusion.py, found from questions whose right chunks are known."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from benchmarks.measuring import Cell, Table, constants
from benchmarks.searching import Searched
from rag.retrieval import fusion

WEIGHTS = ("LEXICAL", "MEANING", "PHRASE", "WINDOW")
Trial = tuple[Searched, frozenset[int]]  # and the right chunks


def fitted(trials: Sequence[Trial]) -> Table:
    """The weights that make the right paragraphs of these questions most likely: a conditional logit."""
    values = [_features(*trial) for trial in trials]
    width = max(len(one) for one, _ in values)
    features = np.zeros((len(values), width, len(WEIGHTS)))
    right, there = np.zeros((len(values), width)), np.zeros((len(values), width), dtype=bool)
    for place, (one, is_right) in enumerate(values):
        features[place, : len(one)], right[place, : len(one)], there[place, : len(one)] = one, is_right, True
    known = right.any(axis=1)
    features, right, there = features[known], right[known], there[known]

    def loss(weights: np.ndarray) -> float:
        scores = np.where(there, features @ weights, -np.inf)
        top = scores.max(axis=1, keepdims=True)
        logs = scores - top - np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
        return float(-np.where(right > 0, logs, 0).sum() / len(logs) + 1e-4 * weights @ weights)

    best = minimize(loss, np.ones(len(WEIGHTS)), method="BFGS", options={"gtol": 1e-4}).x
    shares = best / best.sum()
    rows: list[list[Cell]] = [
        [name, float(share), f"{getattr(fusion, name):.2f}"] for name, share in zip(WEIGHTS, shares, strict=True)
    ]
    return Table("Weights fitted on SQuAD's first half", ["Weight", "Fitted", "Now"], rows)


def _features(searched: Searched, right: frozenset[int]) -> tuple[np.ndarray, list[bool]]:
    columns = []
    for name in WEIGHTS:
        with constants(fusion, **(dict.fromkeys(WEIGHTS, 0.0) | {name: 1.0})):
            columns.append({scored.chunk_id: scored.score for scored in searched.ranked()})
    ids = list(columns[0])
    values = np.array([[column[i] for column in columns] for i in ids])
    return values, [i in right for i in ids]
