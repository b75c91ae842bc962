"""Which of two findings in one place is kept."""

import pytest

from guards.personal.seen import Seen, apart

LONG, SHORT = Seen("phone", 0, 12, 0.9, ""), Seen("card", 4, 9, 0.9, "")


@pytest.mark.parametrize("order", [(LONG, SHORT), (SHORT, LONG)])
def test_of_two_as_sure_the_longer_one(order):
    assert apart(order) == [LONG]


def test_else_the_surer_one():
    surer = Seen("card", 4, 9, 0.95, "")
    assert apart([LONG, surer]) == [surer]


def test_neighbours_are_both_kept_in_order():
    behind = Seen("name", 12, 15, 1.0, "")
    assert apart([behind, LONG]) == [LONG, behind]
