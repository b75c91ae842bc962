"""Groups of like meaning, in places made for it."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_mutual_info_score

from rag.topics import clustering
from rag.topics.matching import matched
from rag.topics.vectors import Matrix, unit


def clouds(*sizes: int, spread: float = 0.04, strays: int = 0) -> tuple[Matrix, list[int]]:
    """Points around as many directions, and some that stand nowhere; with the number of each one's cloud."""
    random = np.random.default_rng(7)
    rows = [unit(random.normal(size=384).astype(np.float32)) for _ in sizes]
    points = [
        row + spread * random.normal(size=384) for row, size in zip(rows, sizes, strict=True) for _ in range(size)
    ]
    alone = [random.normal(size=384) for _ in range(strays)]
    truth = [at for at, size in enumerate(sizes) for _ in range(size)] + [-1] * strays
    return unit(np.array([*points, *alone], dtype=np.float32)), truth


def test_dense_places_are_found_and_strays_left_out() -> None:
    points, truth = clouds(40, 25, 10, 7, strays=20)
    found = clustering.centres(points, np.ones(len(points), dtype=np.float32))
    labels = clustering.nearest(points, found)
    assert len(found) == 4
    assert adjusted_mutual_info_score(truth, labels) == pytest.approx(1)


def test_too_few_questions_are_no_topic() -> None:
    points, _ = clouds(clustering.SMALLEST - 1, strays=30)
    assert len(clustering.centres(points, np.ones(len(points), dtype=np.float32))) == 0


def test_work_goes_by_pieces_and_can_be_broken_off() -> None:
    points, _ = clouds(300, 300)

    def closing() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        clustering.centres(points, np.ones(len(points), dtype=np.float32), closing)


def test_a_new_group_is_the_old_topic_with_which_it_shares_most() -> None:
    before = [7, 7, 7, 7, 8, 8, 8, None, None, 9]
    labels = np.array([1, 1, 1, -1, 0, 0, 0, 2, 2, 2])
    assert matched(before, labels) == {1: 7, 0: 8, 2: 9}
    assert matched([7, 7, 7, 7], np.array([0, 0, 1, 1])) == {0: 7}
    assert matched([], np.array([], dtype=np.int64)) == {}
