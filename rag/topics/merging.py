"""Questions asked again: the same but for typing and order, or so near in meaning that one answer serves both."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.terms import stems
from rag.topics.vectors import Matrix

NEAR = 0.92  # cosine; of SQuAD's questions above it 85 of 100 pairs ask about the same paragraph, see docs/topics.md
BLOCK = 256  # rows compared at once
Groups = NDArray[np.int64]


def same_words(texts: Sequence[str]) -> Groups:
    """For each text the number of its group: those whose words that carry meaning have the same stems."""
    known: dict[object, int] = {}
    keys = [stems(text) or " ".join(text.casefold().split()) for text in texts]
    return np.array([known.setdefault(key, len(known)) for key in keys], dtype=np.int64)


def near(vectors: Matrix, weights: NDArray[np.float32], threshold: float, step: Callable[[], None]) -> Groups:
    """For each row the number of its group: every row is as near to the first of its group as the threshold says.

    The heaviest rows begin groups. `step` is called between pieces of work; it may raise.
    """
    order = np.argsort(-weights, kind="stable")
    ordered = vectors[order]
    groups = np.full(len(ordered), -1, dtype=np.int64)
    count = 0
    for begin in range(0, len(ordered), BLOCK):
        step()
        alike = ordered[begin : begin + BLOCK] @ ordered.T > threshold
        for at in range(begin, min(begin + BLOCK, len(ordered))):
            if groups[at] < 0:
                mine = alike[at - begin] & (groups < 0)
                mine[at] = True
                groups[mine] = count
                count += 1
    found = np.empty_like(groups)
    found[order] = groups
    return found


def heads(groups: Groups, vectors: Matrix, weights: NDArray[np.float32]) -> tuple[Matrix, NDArray[np.float32]]:
    """The weighted mean of each group, not yet of length one, and the weight of each."""
    size = int(groups.max()) + 1 if len(groups) else 0
    total = np.zeros(size, dtype=np.float32)
    np.add.at(total, groups, weights)
    mean = np.zeros((size, vectors.shape[1]), dtype=np.float32)
    np.add.at(mean, groups, vectors * weights[:, None])
    return np.asarray(mean / np.maximum(total, 1e-9)[:, None], dtype=np.float32), total
