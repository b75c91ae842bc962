"""Close copies pass, another meaning does not."""

import pytest

from guards.alignment import align, same_sense


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("customers may reqest a refund", "customers may request a refund"),
        ("the data base is kept here", "the database is kept here"),
        ("paid within the 30 days", "paid within 30 days"),
        ("paid within 30 days", "paid within 7 30 days"),
        ("see terms", "see the following terms"),
    ],
)
def test_slips_keep_the_sense(quote: str, words: str) -> None:
    assert same_sense(quote, words)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("within 30 days", "within 20 days"),
        ("within 30 days", "within days"),
        ("from 20 to 30", "from 30 to 20"),
        ("is refundable", "is not refundable"),
        ("is not refundable", "is refundable"),
        ("a refundable fee", "a nonrefundable fee"),
        ("a lawful act", "an unlawful act"),
        ("one million euros", "one billion euros"),
        ("within thirty days", "within twenty days"),
        ("you mustn't leave", "you must leave"),
        ("5% of sales", "5 of sales"),
    ],
)
def test_another_number_or_negation_is_another_sense(quote: str, words: str) -> None:
    assert not same_sense(quote, words)


def test_short_quotes_have_no_close_copy() -> None:
    assert align("paid in thirty", "payd in thirty") is None


def test_very_long_quotes_have_no_close_copy() -> None:
    """Aligning takes the product of both lengths."""
    text = "several words of a long text " * 50
    assert align(text.replace("long", "lng", 1), text) is None


def test_a_copy_starts_and_ends_with_whole_words() -> None:
    text = "so the customers may request a refnd of the price at once"
    start, end = align("customers may request a refund of the price", text) or (0, 0)
    assert text[start:end] == "customers may request a refnd of the price"
