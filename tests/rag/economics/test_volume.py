"""Questions a month, against scipy."""

import math
from datetime import date, timedelta

import pytest
from scipy import stats

from rag.economics.volume import MONTH, peak_share, poisson, student, volume

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("freedom", [1, 2, 10, 30, 31, 60, 365])
def test_students_distribution(freedom: int) -> None:
    assert student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=2e-3)


@pytest.mark.parametrize("count", [5, 20, 1000])
def test_a_count_has_the_interval_of_garwood(count: int) -> None:
    exact = stats.chi2.ppf(0.025, 2 * count) / 2, stats.chi2.ppf(0.975, 2 * count + 2) / 2
    assert poisson(count) == pytest.approx(exact, rel=0.02)


def test_nothing_counted_still_may_be_something() -> None:
    low, high = poisson(0)
    assert (low, high == pytest.approx(3.69, rel=0.03)) == (0, True)


def test_quiet_days_count_and_today_does_not() -> None:
    by_day = {TODAY - timedelta(days=4): 10, TODAY - timedelta(days=1): 2, TODAY: 99}
    found = volume(by_day, TODAY)
    counts = [10, 0, 0, 2]
    half = stats.t.ppf(0.975, 3) * stats.tstd(counts) / math.sqrt(4)
    assert (found.days, found.is_short, found.month) == (4, True, pytest.approx(3 * MONTH))
    assert (found.low, found.high) == (0, pytest.approx((3 + half) * MONTH, rel=1e-3))


def test_a_first_day_is_all_there_is() -> None:
    found = volume({TODAY: 7}, TODAY)
    assert (found.days, found.month) == (1, pytest.approx(7 * MONTH))
    assert found.low < found.month < found.high


def test_no_traffic_is_no_traffic() -> None:
    assert volume({}, TODAY).month == 0


def test_the_fullest_hours_are_those_of_the_week_and_not_the_fullest_there_was() -> None:
    """Twenty days: ten questions on each Monday to Friday, none at weekends, half of them between nine and ten."""
    days = [TODAY - timedelta(days=at) for at in range(28)]
    by_day = {day: 10 for day in days if day.weekday() < 5}
    by_hour = [100 if hour == 9 else 100 if hour == 14 else 0 for hour in range(24)]
    assert sum(by_day.values()) == sum(by_hour)
    assert peak_share(by_day, by_hour, 28) == pytest.approx(0.5 * 7 / 5 / MONTH)
    assert peak_share({TODAY: 4}, [4, *[0] * 23], 1) == pytest.approx(7 / 5 / MONTH)
    assert peak_share({}, [0] * 24, 0) == 0
