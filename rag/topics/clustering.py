"""Questions of like meaning, as centres: dense places first, then moved to the middle of what stands near them.

A rule of our own (docs/topics.md): as good as the best of scikit-learn's that were tried, it needs no number of topics,
leaves out what belongs nowhere, lets go of the interpreter while it multiplies, and goes by pieces.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rag.topics.merging import BLOCK
from rag.topics.vectors import Matrix, unit

BEGINS = (0.6, 0.5, 0.42, 0.35)  # cosines within which questions make a place dense: few questions lie far apart
ENOUGH = 0.9  # of all questions belong to a topic: then no lesser density is tried
JOIN = 0.33  # cosine to a centre from which on a question belongs to its topic
APART = 0.6  # cosine of two centres from which on they are one topic
ROUNDS = 3
SMALLEST = 5  # different questions of a topic
MOST = 60  # topics: more are no overview

Labels = NDArray[np.int64]


def centres(vectors: Matrix, weights: NDArray[np.float32], step: Callable[[], None] = lambda: None) -> Matrix:
    """The centres of topics, as rows of length one. `step` is called between pieces of work; it may raise."""
    found = np.zeros((0, vectors.shape[1]), dtype=np.float32)
    for begin in BEGINS:
        found = _dense(vectors, begin, step)
        for _ in range(ROUNDS if len(found) else 0):
            labels = nearest(vectors, found, step)
            sizes = np.bincount(labels[labels >= 0], minlength=len(found))
            found = _apart(_means(vectors, weights, labels, len(found)), sizes)
        if (nearest(vectors, found, step) >= 0).mean() >= ENOUGH:
            break
    return found


def nearest(
    vectors: Matrix, found: Matrix, step: Callable[[], None] = lambda: None, join: float | None = None
) -> Labels:
    """For each row its centre's number; -1 where it belongs to none."""
    labels = np.full(len(vectors), -1, dtype=np.int64)
    for begin in range(0, len(vectors) if len(found) else 0, BLOCK):
        step()
        alike = vectors[begin : begin + BLOCK] @ found.T
        best = alike.argmax(axis=1)
        enough = alike[np.arange(len(best)), best] >= (JOIN if join is None else join)
        labels[begin : begin + BLOCK] = np.where(enough, best, -1)
    return labels


def _dense(vectors: Matrix, alike: float, step: Callable[[], None]) -> Matrix:
    """Where most questions stand close together, from the densest on; what one has taken counts for no other."""
    near = np.zeros(len(vectors), dtype=np.int64)
    for begin in range(0, len(vectors), BLOCK):
        step()
        near[begin : begin + BLOCK] = (vectors[begin : begin + BLOCK] @ vectors.T > alike).sum(axis=1)
    free = np.ones(len(vectors), dtype=bool)
    means = []
    for at in np.argsort(-near, kind="stable"):
        if near[at] < SMALLEST:
            break
        if not free[at]:
            continue
        step()
        mine = (vectors @ vectors[at] > alike) & free
        if mine.sum() >= SMALLEST:
            free &= ~mine
            means.append(vectors[mine].mean(axis=0))
    return unit(np.array(means, dtype=np.float32)) if means else np.zeros((0, vectors.shape[1]), dtype=np.float32)


def _means(vectors: Matrix, weights: NDArray[np.float32], labels: Labels, count: int) -> Matrix:
    means = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    inside = labels >= 0
    np.add.at(means, labels[inside], vectors[inside] * weights[inside, None])
    return unit(means)


def _apart(found: Matrix, sizes: NDArray[np.int64]) -> Matrix:
    """The centres that are large enough and not too near to a larger one, the largest first."""
    kept: list[int] = []
    for at in np.argsort(-sizes, kind="stable"):
        if sizes[at] >= SMALLEST and len(kept) < MOST and all(found[at] @ found[one] < APART for one in kept):
            kept.append(int(at))
    return found[kept]
