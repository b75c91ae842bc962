"""New groups on old topics, so that a topic keeps its name and its past when questions are grouped again."""

from collections.abc import Sequence

import numpy as np

from rag.topics.clustering import Labels

SHARED = 0.3  # of the questions of both: as many make a group the old topic


def matched(before: Sequence[int | None], labels: Labels) -> dict[int, int]:
    """The old topic of each new group that has one: those with most in common first, each topic once."""
    old = sorted({topic for topic in before if topic is not None})
    place = {topic: at for at, topic in enumerate(old)}
    count = int(labels.max()) + 1 if len(labels) else 0
    common = np.zeros((count, len(old)), dtype=np.int64)
    sizes = np.zeros(len(old), dtype=np.int64)
    for topic, label in zip(before, labels, strict=True):
        if topic is not None:
            sizes[place[topic]] += 1
            if label >= 0:
                common[label, place[topic]] += 1
    own = np.bincount(labels[labels >= 0], minlength=count)
    pairs = [
        (common[at, to] / (own[at] + sizes[to] - common[at, to]), at, to)
        for at, to in zip(*np.nonzero(common), strict=True)
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for share, at, to in sorted(pairs, key=lambda one: (-one[0], one[1], one[2])):
        if share >= SHARED and int(at) not in found and int(to) not in taken:
            found[int(at)] = old[to]
            taken.add(int(to))
    return found
