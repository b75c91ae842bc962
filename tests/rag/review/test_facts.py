"""Facts: suggested from a text, looked for in one."""

import pytest

from rag.review.facts import stands, suggested


def test_figures_with_what_they_count_dates_and_names_are_suggested() -> None:
    text = "The lamp at Gull Rock burns 4 litres [1]. Since 3 May 2024 it costs $1,200, 5 % more [2]. It is 4 litres."
    assert suggested(text) == ("Gull Rock", "4 litres", "3 May 2024", "$1,200", "5 %")


def test_what_a_figure_counts_may_be_for_each() -> None:
    assert suggested("Hotels cost up to €140 per night, 20 a month.") == ("€140 per night", "20 a month")


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("140 euros", "Up to 140 euros [1] a night."),
        ("1,200 euros", "1200 euros"),
        ("five days", "within 5 days"),
        ("3 May 2024", "on 2024-05-03"),
        ("Gull Rock", "at GULL ROCK"),
        ("paid to the same card", "It is paid to the same card."),
    ],
)
def test_a_fact_stands_in_any_form(fact: str, text: str) -> None:
    assert stands(fact, text)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("140 euros", "1400 euros"),
        ("140 euros", "140 dollars"),
        ("3 May 2024", "3 June 2024"),
        ("not paid", "paid"),
        ("…", "x"),
    ],
)
def test_another_fact_does_not(fact: str, text: str) -> None:
    assert not stands(fact, text)
