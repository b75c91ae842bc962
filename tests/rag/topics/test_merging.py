"""Questions asked again are one."""

import numpy as np

from rag.topics.merging import heads, near, same_words
from rag.topics.vectors import packed, unit, unpacked


def nothing() -> None:
    """No step to take in between."""


def test_typing_and_endings_make_no_other_question() -> None:
    asked = ["How late is check-in?", "how late is check in", "When is the check-in?", "Where is the bar?", "?", "??"]
    groups = same_words(asked)
    assert len(set(groups[:2])) == 1
    assert groups[3] not in groups[:3]
    assert groups[4] != groups[5]


def test_rows_near_the_heaviest_join_it_and_no_chain_is_made() -> None:
    angles = np.radians([0, 15, 30, 90])
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    groups = near(rows, np.array([1, 5, 1, 1], dtype=np.float32), 0.95, nothing)
    assert (groups[0], groups[2], groups[1] == groups[3]) == (groups[1], groups[1], False)
    chained = near(rows, np.array([5, 1, 1, 1], dtype=np.float32), 0.95, nothing)
    assert chained[2] not in (chained[0], chained[1])


def test_a_group_stands_at_its_weighted_middle() -> None:
    rows = np.array([[1, 0], [0, 1]], dtype=np.float32)
    middle, weight = heads(np.array([0, 0]), rows, np.array([3, 1], dtype=np.float32))
    assert middle.tolist() == [[0.75, 0.25]]
    assert weight.tolist() == [4]


def test_vectors_are_kept_in_half_the_room_and_come_back() -> None:
    rows = unit(np.random.default_rng(7).normal(size=(20, 384)).astype(np.float32))
    kept = [packed(row) for row in rows]
    assert len(kept[0]) == 768
    assert np.abs((unpacked(kept) * rows).sum(axis=1) - 1).max() < 0.001
