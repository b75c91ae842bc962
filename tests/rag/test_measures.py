"""Measures and figures, with numbers that can be worked out by hand."""

from collections import Counter

import pytest

from rag import figures
from rag.counted import Counted
from rag.figures import Figure, brief, told
from rag.measures import BY_KEY, MEANS, MEASURES
from store.records import AnswerTally, VisitTally

TALLY = AnswerTally(
    answers=100, up=15, down=5, corrected=2, resolved=80, looked_at=50, unsupported=5, sentences=200, supported=180,
    not_found=10, refused=4, failed=1, priced=90, priced_resolved=75, cost=9.0, cost_squares=0.9, cost_resolved=7.5,
)  # fmt: skip
COUNTED = Counted(
    TALLY,
    VisitTally(40, 100, 300, 30, 12),
    Counter({"rephrased": 7}),
    Counter(dict.fromkeys(range(100), 1)),
    Counter({20: 50, 40: 50}),
    (0.25,) * 12,
)


@pytest.mark.parametrize(
    ("key", "value", "count"),
    [
        ("answers", 100, 0),
        ("resolved", 0.8, 100),
        ("rated_up", 0.75, 20),
        ("rated_down", 0.25, 20),
        ("corrected", 0.02, 100),
        ("supported", 0.9, 200),
        ("unsupported", 0.1, 50),
        ("not_found", 0.1, 100),
        ("refused", 0.04, 100),
        ("failed", 0.01, 100),
        ("rephrased", 0.07, 100),
        ("copied", 0.0, 100),
        ("first_p50", 990, 100),
        ("first_p95", 1890, 100),
        ("total_p50", 1025, 100),
        ("total_p95", 2025, 100),
        ("cost", 0.1, 90),
        ("cost_resolved", 0.12, 75),
        ("cost_day", 0.25, 12),
        ("visits", 40, 0),
        ("questions", 2.5, 40),
        ("returned", 0.4, 30),
    ],
)
def test_each_measure_of_known_counts(key: str, value: float, count: int) -> None:
    figure = BY_KEY[key].of(COUNTED)
    assert (figure.value, figure.count) == (pytest.approx(value), count)


def test_every_measure_says_what_it_means() -> None:
    assert list(MEANS) == [one.key for one in MEASURES]


def test_costs_that_are_not_known_are_counted_and_said() -> None:
    assert told(BY_KEY["cost"].of(COUNTED)).endswith("; cost of 10 unknown")


def test_below_ten_votes_there_is_no_figure() -> None:
    assert told(figures.share(5, 9)) == "not enough yet: 9 of at least 10"
    assert brief(figures.share(5, 9)) == "too few: 9"  # "9 of 10" would look like a share
    assert told(BY_KEY["returned"].of(Counted())) == "not enough yet: 0 of at least 10"
    assert figures.quantile({1: 15}, 20, 0.95).value is None  # one answer in twenty is slower: 15 cannot tell


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (figures.share(3, 25), "12 % (4.2 to 30 %), 3 of 25"),
        (Figure("ms", 1900, 850, 2100, 40), "1.9 s (850 ms to 2.1 s)"),
        (Figure("usd", 0.0031, 0.0029, 0.0033, 40), "0.0031 USD (0.0029 to 0.0033 USD)"),
        (figures.plain(12345), "12,345"),
        (Figure("number", 2.5, 2.25, 2.75, 40), "2.50 (2.25 to 2.75)"),
        (Figure("usd", None, count=40), "not known"),
    ],
)
def test_figures_in_words(figure: Figure, words: str) -> None:
    assert told(figure) == words
    assert brief(figure) == {"not known": "–"}.get(words, words.removesuffix(", 3 of 25"))


def test_counts_add_up_but_not_visits_that_were_not_counted() -> None:
    both = COUNTED + COUNTED
    assert (both.answers.answers, both.signals["rephrased"], both.first[3], len(both.daily)) == (200, 14, 2, 24)
    assert both.visits == VisitTally(80, 200, 600, 60, 24)
    assert (COUNTED + Counted(visits=None)).visits is None
