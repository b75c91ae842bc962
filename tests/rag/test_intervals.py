"""Wilson's interval against values computed elsewhere."""

import pytest

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
