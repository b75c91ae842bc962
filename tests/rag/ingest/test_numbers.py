"""Numbers and names in words for people."""

import pytest

from rag.ingest.numbers import listed, named


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([3], "Page 3 is"),
        ([3, 4], "Pages 3 and 4 are"),
        ([3, 4, 5], "Pages 3 to 5 are"),
        ([1, 3, 4, 5, 9], "Pages 1, 3 to 5 and 9 are"),
    ],
)
def test_numbers_that_follow_each_other_are_drawn_together(numbers: list[int], expected: str) -> None:
    assert listed("Page", numbers) == expected


def test_long_lists_of_names_are_cut() -> None:
    assert named(["a", "b", "c"], most=2) == "a, b and 1 more"
