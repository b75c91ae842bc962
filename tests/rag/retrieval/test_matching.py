"""How a query's words stand in a text."""

import pytest

from rag.retrieval.matching import WINDOW, Match, match, wanted
from rag.retrieval.terms import terms

FAR = " and so on" * WINDOW


def matched(query: str, text: str, heading: str = "") -> Match:
    return match(wanted(query, dict.fromkeys(terms(query), 1), 10), heading, text)


def test_coverage_is_the_share_of_the_querys_words_in_any_form() -> None:
    assert matched("hotel nights", "Hotels are paid.").coverage == 0.5


def test_rare_words_weigh_more() -> None:
    query = wanted("hotel zeppelin", {"hotel": 90, "zeppelin": 1}, 100)
    assert match(query, "", "A zeppelin.").coverage > 0.9


def test_words_of_the_heading_count_as_covered_but_not_as_standing_together() -> None:
    found = matched("hotel breakfast", "Breakfast is not paid.", heading="Travel › Hotels")
    assert (found.coverage, found.window) == (1, 0.5)


def test_the_window_tells_words_that_stand_together_from_words_apart() -> None:
    assert matched("hotel breakfast", "Breakfast in a hotel.").window == 1
    assert matched("hotel breakfast", f"Breakfast{FAR} hotel.").window == 0.5


def test_the_window_moves_on() -> None:
    assert matched("hotel breakfast egg", f"An egg{FAR}. Breakfast in a hotel.").window == pytest.approx(2 / 3)


def test_a_phrase_is_words_side_by_side_in_the_order_of_the_query() -> None:
    assert matched("second class", "We book second class.").phrase == 1
    assert matched("second class", "A class for every second.").phrase == 0


def test_small_words_hold_a_phrase_together() -> None:
    assert matched("head of finance", "The head of finance.").phrase == 1
    assert matched("head of finance", "His head hurt, finance or not.").phrase == 0


def test_names_and_numbers_that_are_missing_are_counted() -> None:
    assert matched("What did Maren Oldfield spend in 2025?", "In 2024 Maren spent less.").missing == 2
    assert (
        matched("What did Maren Oldfield spend in 2025?", "In 2025 it was less.", heading="Oldfield, Maren").missing
        == 0
    )


def test_the_capital_at_the_start_of_a_question_is_no_name() -> None:
    assert matched("Breakfast?", "Nothing.").missing == 0


@pytest.mark.parametrize("query", ["", "the of and"])
def test_no_words_match_nothing(query: str) -> None:
    assert matched(query, "Hotels are paid.") == Match(0, 0, 0, 0)


def test_an_empty_text_matches_nothing() -> None:
    assert matched("hotel", "") == Match(0, 0, 0, 0)
