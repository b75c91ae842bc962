"""Fits the weights of guards/injection/classifier.py: a logistic regression with a small penalty on large weights."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from guards.injection.classifier import FEWEST, Weights, logit, parts
from guards.injection.features import BITS, Grams, grams
from guards.injection.patterns import Seen, kinds, seen

PENALTY = 3e-5
ROUNDS = 150  # of L-BFGS at most; more change nothing that is measured
MATERIAL = 0.3  # the weight of a text of the grammar beside one that somebody wrote
BUCKETS = 1 << BITS


@dataclass(frozen=True, slots=True)
class Example:
    """A text as it is learnt from; `group` is its source."""

    read: Grams
    found: list[Seen]
    spans: list[tuple[int, int]]
    is_attack: bool
    group: str
    weight: float


def example(text: str, *, is_attack: bool, group: str, is_document: bool, weight: float = 1.0) -> Example:
    found = seen(text, document=is_document)
    return Example(grams(text), found, parts(text), is_attack, group, weight)


def fitted(examples: Sequence[Example]) -> Weights:
    """The weights under which these labels are most likely; attacks and harmless texts count the same in sum."""
    values, signs = _matrix(examples), np.array([1.0 if one.is_attack else -1.0 for one in examples])
    weight = np.array([one.weight for one in examples])
    for sign in (1.0, -1.0):
        weight[signs == sign] /= 2 * weight[signs == sign].sum()

    def loss(guess: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = -signs * (values @ guess[:-1] + guess[-1])
        cost = float((weight * np.logaddexp(0, margin)).sum() + PENALTY / 2 * guess[:-1] @ guess[:-1])
        slope = -signs * weight / (1 + np.exp(-margin))
        return cost, np.append(values.T @ slope + PENALTY * guess[:-1], slope.sum())

    best = minimize(loss, np.zeros(values.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    patterns = {kind: float(best[BUCKETS + place]) for place, kind in enumerate(kinds())}
    return Weights(best[:BUCKETS].astype(np.float32), patterns, float(best[-1]))


def scores(one: Example, weights: Weights) -> tuple[float, float]:
    """The log odds of the whole text, and the highest of its parts."""
    whole = logit(one.read, one.found, one.spans[:1], weights)
    inner = max((logit(one.read, one.found, [span], weights) for span in one.spans[1:]), default=-30.0)
    return whole, inner


def _matrix(examples: Sequence[Example]) -> csr_matrix:
    """A row for each text: how often each run stands in it, by the root of how many it has; then its patterns."""
    places = {kind: BUCKETS + place for place, kind in enumerate(kinds())}
    columns: list[NDArray[np.int64]] = []
    values: list[NDArray[np.float64]] = []
    ends = [0]
    for one in examples:
        said = np.array(sorted({places[seen.kind] for seen in one.found}), dtype=np.int64)
        count = len(one.read.buckets)
        columns += [one.read.buckets, said]
        values += [np.full(count, 1 / np.sqrt(max(count, FEWEST))), np.ones(len(said))]
        ends.append(ends[-1] + count + len(said))
    shape = (len(examples), BUCKETS + len(places))
    return csr_matrix((np.concatenate(values), np.concatenate(columns), ends), shape=shape)
