"""Intervals and tests for small samples, against values worked out elsewhere."""

import pytest

from evals.statistics import sign_test, wilson


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 20, 0.0, 0.161), (20, 20, 0.839, 1.0), (7, 152, 0.0225, 0.0919), (0, 0, 0.0, 1.0)],
)
def test_the_interval_of_a_share(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize(("ups", "downs", "chance"), [(9, 1, 0.0215), (5, 5, 1.0), (0, 0, 1.0), (0, 6, 0.03125)])
def test_how_likely_chance_alone_is_so_uneven(ups: int, downs: int, chance: float) -> None:
    assert sign_test(ups, downs) == pytest.approx(chance, abs=0.0005)
