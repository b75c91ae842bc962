"""Two groups of answers: better, worse, the same, or not to be told yet."""

import pytest

from rag import comparing, figures
from rag.comparing import compared, difference
from rag.counted import Counted
from rag.figures import Figure
from rag.measures import BY_KEY
from store.records import AnswerTally


@pytest.mark.parametrize(
    ("key", "one", "other", "words"),
    [
        ("resolved", (60, 100), (90, 100), "better"),
        ("unsupported", (60, 100), (90, 100), "worse"),
        ("refused", (60, 100), (90, 100), "higher"),
        ("resolved", (60, 100), (65, 100), "cannot be told yet"),
        ("resolved", (6000, 10000), (6005, 10000), "about the same"),
        ("resolved", (6, 9), (90, 100), "too few yet"),
    ],
)
def test_a_verdict_on_two_shares(key: str, one: tuple[int, int], other: tuple[int, int], words: str) -> None:
    found = difference(BY_KEY[key], figures.share(*one), figures.share(*other))
    assert found
    assert found.words == words


def test_what_cannot_be_told_says_how_many_votes_it_takes() -> None:
    """Of 60 and 70 of 100 each side needs 356 (Fleiss's table has 356 and 357), so 256 more: in two digits 260."""
    found = difference(BY_KEY["resolved"], figures.share(60, 100), figures.share(70, 100))
    assert found
    assert (found.wanting, found.gap) == ("about 260 more of each", "+10 points (−3.2 to 23 points)")


def test_shares_that_look_the_same_are_asked_for_the_smallest_difference_that_matters() -> None:
    found = difference(BY_KEY["resolved"], figures.share(50, 100), figures.share(50, 100))
    assert found
    assert found.wanting == "about 1,500 more of each"


def test_the_same_says_how_far_apart_they_can_be() -> None:
    found = difference(BY_KEY["total_p50"], Figure("ms", 2000, 1990, 2010, 900), Figure("ms", 2010, 2000, 2020, 900))
    assert found
    assert (found.words, found.wanting) == ("about the same", "at most 24 ms apart")


def test_bare_counts_and_figures_that_are_not_there_are_not_compared() -> None:
    """Counted by prompt, no day has a cost."""
    keys = [found.measure.key for found in compared(Counted(AnswerTally(20)), Counted(AnswerTally(30)))]
    assert "resolved" in keys
    assert {"answers", "visits", "cost_day"}.isdisjoint(keys)


def test_less_is_better_for_what_nobody_wants() -> None:
    one, other = figures.share(30, 100), figures.share(5, 100)
    found = difference(BY_KEY["rated_down"], one, other)
    assert found
    assert (found.verdict, found.told, comparing.signed(found.apart or 0, "share")) == ("better", True, "−25 %")
