"""Intervals and tests for small samples, against values worked out elsewhere."""

import pytest

from evals.statistics import holm, mean_interval, permuted, sign_test
from rag.intervals import wilson


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 20, 0.0, 0.161), (20, 20, 0.839, 1.0), (7, 152, 0.0225, 0.0919), (0, 0, 0.0, 1.0)],
)
def test_the_interval_of_a_share(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize(("ups", "downs", "chance"), [(9, 1, 0.0215), (5, 5, 1.0), (0, 0, 1.0), (0, 6, 0.03125)])
def test_how_likely_chance_alone_is_so_uneven(ups: int, downs: int, chance: float) -> None:
    assert sign_test(ups, downs) == pytest.approx(chance, abs=0.0005)


def test_differences_that_all_go_one_way_are_no_chance() -> None:
    assert permuted([1.0] * 10) == pytest.approx(2 / 1024)
    assert permuted([1.0] * 40) < 0.001
    assert permuted([1.0, -1.0] * 20) > 0.5
    assert permuted([0.0, 0.0]) == 1.0


def test_the_interval_of_a_mean_counts_groups_and_not_values() -> None:
    values = [0.0] * 50 + [1.0] * 50
    low, high = mean_interval(values, ["a"] * 50 + ["b"] * 50)
    close = mean_interval(values, [str(at) for at in range(100)])

    assert (low, high) == (0.0, 1.0)
    assert 0.35 < close[0] < 0.5 < close[1] < 0.65


def test_many_comparisons_make_each_less_sure() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
