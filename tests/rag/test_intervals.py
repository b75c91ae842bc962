"""Intervals against values computed elsewhere, by scipy or in the papers they come from."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from rag import intervals
from rag.intervals import wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [  # scipy 1.17.1, binomtest(part, whole).proportion_ci(method="wilson")
        (0, 10, 0.000000000000, 0.277532799863),
        (3, 10, 0.107791267406, 0.603221852539),
        (10, 10, 0.722467200137, 1.000000000000),
        (1, 40, 0.004426831503, 0.128813689635),
        (12, 6000, 0.001144483242, 0.003492790912),
        (81, 263, 0.255288519878, 0.366209576983),
    ],
)
def test_the_interval_is_that_of_others(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=1e-9)


def test_without_votes_everything_is_possible() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("freedom", [4, 9, 29, 1000])
def test_students_distribution_is_that_of_scipy(freedom: int) -> None:
    assert intervals.student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=5e-4)


def test_the_interval_of_a_mean_is_that_of_scipy() -> None:
    values = stats.lognorm.rvs(0.6, size=40, random_state=7)
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    found = intervals.mean(40, float(values.sum()), float((values**2).sum()))
    assert found == pytest.approx((expected.low, expected.high), rel=1e-5)


def test_the_interval_of_a_ratio_is_that_of_scipys_bootstrap() -> None:
    """Costs of 400 answers, of which three in four are resolved; dear ones more seldom."""
    costs = stats.lognorm.rvs(0.6, size=400, random_state=7)
    resolved = (stats.uniform.rvs(size=400, random_state=8) < 0.9 - 0.1 * costs).astype(float)

    def statistic(one: Any, other: Any, axis: int = -1) -> Any:
        return one.sum(axis) / other.sum(axis)

    drawn = stats.bootstrap(
        (costs, resolved), statistic, paired=True, method="percentile", n_resamples=2000, rng=np.random.default_rng(7)
    ).confidence_interval
    sums = float((costs**2).sum()), float(costs @ resolved)
    found = intervals.ratio(400, float(costs.sum()), int(resolved.sum()), *sums)
    assert found == pytest.approx((drawn.low, drawn.high), rel=0.02)


@pytest.mark.parametrize("part", [0.5, 0.95])
def test_the_interval_of_a_quantile_is_that_of_scipy_but_for_one_rank(part: float) -> None:
    expected = stats.quantile_test([float(at) for at in range(1, 1001)], p=part).confidence_interval(0.95)
    found = intervals.quantile(dict.fromkeys(range(1, 1001), 1), part)
    assert found == (1000 * part, pytest.approx(expected.low, abs=1), pytest.approx(expected.high, abs=1))
    assert intervals.quantile({}, part) is None


@pytest.mark.parametrize(
    ("votes", "low", "high"),
    [  # Newcombe (1998), table II, method 10
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 10), 0.6075, 1.0000),
    ],
)
def test_the_difference_of_two_shares_is_that_of_newcombe(votes: tuple[int, ...], low: float, high: float) -> None:
    part, whole, other, other_whole = votes
    sides = other / other_whole, wilson(other, other_whole), part / whole, wilson(part, whole)
    assert intervals.difference(*sides) == pytest.approx((low, high), abs=6e-5)


def test_the_difference_of_two_means_is_nearly_that_of_scipy() -> None:
    one, other = (stats.norm.rvs(middle, size=60, random_state=seed) for middle, seed in ((5, 1), (6, 2)))
    expected = stats.ttest_ind(other, one, equal_var=False).confidence_interval(0.95)
    sides = [(float(v.mean()), intervals.mean(60, float(v.sum()), float((v**2).sum()))) for v in (one, other)]
    assert intervals.difference(*sides[0], *sides[1]) == pytest.approx((expected.low, expected.high), abs=0.02)


def test_so_many_votes_tell_shares_apart_four_times_of_five() -> None:
    """Every outcome by its chance, out of scipy's binomial distribution."""
    one, other = 0.6, 0.75
    votes = intervals.needed(one, other)
    chances = [stats.binom.pmf(range(votes + 1), votes, share) for share in (one, other)]
    told = 0.0
    for part in np.flatnonzero(chances[0] > 1e-6):
        for second in np.flatnonzero(chances[1] > 1e-6):
            sides = part / votes, wilson(int(part), votes), second / votes, wilson(int(second), votes)
            low, high = intervals.difference(*sides)
            told += float(chances[0][part] * chances[1][second]) * (low > 0 or high < 0)
    assert told == pytest.approx(0.8, abs=0.02)


def test_what_cannot_be_told_is_refused() -> None:
    with pytest.raises(ValueError, match="one value"):
        intervals.mean(1, 5.0, 25.0)
    with pytest.raises(ValueError, match="do not differ"):
        intervals.needed(0.5, 0.5)
    with pytest.raises(ValueError, match="nothing to divide by"):
        intervals.ratio(40, 2.0, 0, 0.1, 0.0)
