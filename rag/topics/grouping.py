"""Questions grouped anew: the same ones merged, the different ones clustered, groups put on the topics of before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rag.topics import clustering, merging, naming
from rag.topics.matching import matched
from rag.topics.vectors import Matrix, packed, unit, unpacked
from store.records.topics import AskedRecord, TopicRecord

SAMPLE = 20_000  # the latest questions: what people ask now
DISTINCT = 6_000  # different ones compared with each other: seconds and some 100 MB, not minutes and gigabytes


@dataclass(frozen=True, slots=True)
class Group:
    """A topic as it was found; `topic_id` None: a new one."""

    topic_id: int | None
    centre: bytes
    terms: tuple[str, ...]
    questions: int


def grouped(
    asked: Sequence[AskedRecord], before: Sequence[TopicRecord], step: Callable[[], None] = lambda: None
) -> list[Group]:
    """The topics of these questions. Topics that somebody named and that no group fits are kept where they were.

    `step` is called between pieces of work; it may raise.
    """
    if not asked:
        return []
    vectors = unpacked([one.vector for one in asked])
    distinct, weights = _distinct([one.text for one in asked], vectors, step)
    found = clustering.centres(distinct, weights, step)
    labels = clustering.nearest(vectors, found, step)
    known = {one.id for one in before}
    olds = matched([one.topic_id if one.topic_id in known else None for one in asked], labels)
    kept = [one for one in before if one.named_by and one.id not in olds.values() and _fits(one, vectors)]
    if kept:
        found = np.concatenate([found, unpacked([one.centre for one in kept])])
        olds |= {len(found) - len(kept) + at: one.id for at, one in enumerate(kept)}
        labels = clustering.nearest(vectors, found, step)
    said = [naming.Said(one.text, one.person_id) for one in asked]
    words = naming.terms(said, labels, len(found))
    sizes = np.bincount(labels[labels >= 0], minlength=len(found))
    return [Group(olds.get(at), packed(found[at]), words[at], int(sizes[at])) for at in range(len(found))]


def _distinct(texts: Sequence[str], vectors: Matrix, step: Callable[[], None]) -> tuple[Matrix, np.ndarray]:
    """Different questions, at most as many as can be compared: those asked most often, then the latest."""
    weights = np.ones(len(vectors), dtype=np.float32)
    heads, weights = merging.heads(merging.same_words(texts), vectors, weights)
    first = np.argsort(-weights, kind="stable")[:DISTINCT]
    heads, weights = unit(heads[first]), weights[first]
    means, total = merging.heads(merging.near(heads, weights, merging.NEAR, step), heads, weights)
    return unit(means), np.asarray(np.sqrt(total), dtype=np.float32)  # one asked a hundred times counts as ten


def _fits(topic: TopicRecord, vectors: Matrix) -> bool:
    """Whether its centre is of the model that these vectors are of, as far as their length tells."""
    return len(topic.centre) == 2 * int(vectors.shape[1])
