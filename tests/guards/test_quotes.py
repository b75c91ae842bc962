"""Where quoted words stand in a passage."""

import pytest

from guards.quotes import LONGEST_GAP, locate

PASSAGE = (
    "Refunds\n\nCustomers may request a “full refund” within 30\u00a0days of pur-\nchase. The oﬃce can’t accept "
    "non-refundable tickets — see section 4.2. Shipping of 1.5 kg costs 7–9 euros; over 130 days nothing is paid."
)


def found(quote: str, passage: str = PASSAGE) -> str | None:
    """The words of the passage a quote is located at."""
    span = locate(quote, passage)
    return passage[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("Customers may request", "Customers may request"),
        ("customers  MAY\nrequest", "Customers may request"),
        ('a "full refund" within 30 days', "a “full refund” within 30\u00a0days"),
        ("30 days of purchase.", "30\u00a0days of pur-\nchase."),
        ("The office can't accept", "The oﬃce can’t accept"),
        ("tickets - see section 4.2", "tickets — see section 4.2"),
        ("costs 7-9 euros", "costs 7–9 euros"),
        ("nonrefundable tickets", "non-refundable tickets"),
        ('"The office"', "The oﬃce"),
        ("... over 130 days nothing is paid!", "over 130 days nothing is paid"),
    ],
)
def test_typography_does_not_matter(quote: str, words: str) -> None:
    assert found(quote) == words


@pytest.mark.parametrize(
    "quote", ["30 day", "0 days", "5 kg", "section 4", "1 kg", "refundable tickets", "fund", "", " … ", '"."']
)
def test_words_and_numbers_are_not_cut(quote: str) -> None:
    assert found(quote) is None


def test_a_later_whole_match_is_taken() -> None:
    assert locate("30 days", "130 days, then 30 days") == (15, 22)


def test_a_slip_of_the_hand_is_found() -> None:
    assert found("Custmers may reqest a full refund") == "Customers may request a “full refund"


@pytest.mark.parametrize(
    "quote",
    [
        "Customers may request a full refund within 20 days of purchase",
        "Customers may not request a full refund within 30 days of purchase",
        "Customers may request a full refund within 30 days of deliverance",
        "The moon is made of green cheese and honey",
    ],
)
def test_another_statement_is_not_found(quote: str) -> None:
    assert found(quote) is None


def test_a_copy_may_be_shorter_than_its_source() -> None:
    passage = "Unused leave lapses on 31 March of the next year, unless agreed."
    assert found("leave lapses on 31 March of next year", passage) == "leave lapses on 31 March of the next year"


def test_marks_of_markdown_do_not_matter() -> None:
    assert found("get 25 days of `leave`", "They get **25 days** of _leave_.") == "get **25 days** of _leave"


def test_a_minus_belongs_to_its_number() -> None:
    assert found("must not exceed -5 °C", "It must not exceed −5 °C.") == "must not exceed −5 °C"
    assert found("must not exceed 5 °C at any time", "It must not exceed -5 °C at any time.") is None
    assert found("5 °C", "It is -5 °C.") is None


def test_a_quote_longer_than_the_passage_is_not_found() -> None:
    assert found(PASSAGE + " And the customers get a free dinner as well.", PASSAGE) is None


@pytest.mark.parametrize("dots", ["...", "…", " [...] ", " […] ", "(...)", "....."])
def test_an_ellipsis_spans_from_first_to_last_words(dots: str) -> None:
    words = found(f"Customers may request{dots}days of purchase")
    assert words == PASSAGE[PASSAGE.index("Customers") : PASSAGE.index(" The oﬃce") - 1]


def test_the_parts_of_a_quote_keep_their_order() -> None:
    assert found("days of purchase ... Customers may request") is None


def test_the_parts_of_a_quote_stand_close_together() -> None:
    near, far = "x" * (LONGEST_GAP - 20), "x" * (LONGEST_GAP + 20)
    assert found("first words ... last words", f"first words {near} last words")
    assert found("first words ... last words", f"first words {far} last words") is None


def test_a_later_start_may_reach_the_last_words() -> None:
    passage = f"the start {'x ' * LONGEST_GAP} the start of the last words"
    assert found("the start ... last words", passage) == "the start of the last words"


def test_a_part_of_a_quote_may_have_a_slip() -> None:
    assert found("Customers may reqest a full refund ... nothing is paid") == PASSAGE[PASSAGE.index("Customers") : -1]


def test_languages_without_spaces() -> None:
    assert found("返品は三十日以内", "お客様の返品は三十日以内に可能です。") == "返品は三十日以内"
