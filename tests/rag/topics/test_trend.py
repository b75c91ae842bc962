"""Whether a share changed."""

import pytest

from rag.topics.trend import difference


def test_the_interval_of_the_paper_that_proposed_it() -> None:
    """Newcombe 1998, table II, method 10."""
    assert difference(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert difference(9, 10, 3, 10) == pytest.approx((0.1705, 0.8090), abs=5e-5)
    assert difference(10, 10, 0, 10) == pytest.approx((0.6075, 1.0), abs=5e-5)


def test_of_nothing_nothing_is_known() -> None:
    assert difference(0, 0, 3, 10) == (-1, 1)
