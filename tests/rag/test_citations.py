"""Footnotes: numbers that grow with the text, quotes that are found, and nothing that points nowhere."""

from typing import Any

import pytest

from guards.schema import Citation as Claim
from guards.schema import Draft
from rag.citations import Numbering, cite, claim_sources
from rag.types import Passage, Place

HOTEL = "A hotel night is reimbursed up to 140 euros. Trains are booked in second class."


def passage(number: int, text: str = HOTEL, **changes: Any) -> Passage:
    values: dict[str, Any] = {
        "number": number,
        "chunk_ids": (number,),
        "document_id": 10 + number,
        "document": "Travel",
        "places": (Place(100, "Hotels", 3),),
        "start": 100,
        "end": 100 + len(text),
        "text": text,
        "relevance": 1.0,
    }
    return Passage(**(values | changes))


def draft(answer: str, *claims: tuple[int, str]) -> Draft:
    return Draft(answer=answer, citations=[Claim(passage=number, quote=quote) for number, quote in claims])


def fed(text: str, *numbers: int, size: int = 1) -> str:
    """The text shown when it comes in pieces of this size."""
    numbering = Numbering([passage(number) for number in numbers])
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    return "".join(numbering.feed(piece) for piece in pieces) + numbering.rest()


def test_footnotes_are_numbered_in_the_order_in_which_they_appear() -> None:
    assert fed("One [3], two [1], one again [3].", 1, 2, 3) == "One [1], two [2], one again [1]."


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_the_text_is_the_same_however_it_is_cut(size: int) -> None:
    text = "One [3]. Two [1, 3] and [9]. Three [1][2] an [array] at [ 5"
    assert fed(text, 1, 2, 3, size=size) == "One [1]. Two [2] [1] and. Three [2] [3] an [array] at [ 5"


@pytest.mark.parametrize("mark", ["[7]", " [7, 8]", "[7][8]", " [7; 8]", "[0]"])
def test_numbers_of_no_passage_are_left_out(mark: str) -> None:
    assert fed(f"So{mark}.", 1, 2) == "So."


def test_a_mark_in_the_making_is_held_back() -> None:
    numbering = Numbering([passage(1)])
    assert [numbering.feed(piece) for piece in ("So", " ", "[", "1", "]", ".")] == ["So", "", "", "", " [1]", "."]


def test_what_only_looked_like_a_mark_is_shown() -> None:
    assert fed("See [1a] and [].", 1) == "See [1a] and []."


def test_a_quote_becomes_a_citation_with_its_place() -> None:
    cited = cite(draft("Up to 140 euros [2].", (2, "reimbursed up to 140 euros")), [passage(1), passage(2)])
    (citation,) = cited.citations
    assert cited.text == "Up to 140 euros [1]."
    assert (citation.number, citation.quote, citation.document_id) == (1, "reimbursed up to 140 euros", 12)
    assert (citation.section, citation.page) == ("Hotels", 3)
    assert HOTEL[citation.start - 100 : citation.end - 100] == citation.quote


def test_a_quote_in_merged_neighbours_is_given_the_place_where_it_stands() -> None:
    merged = passage(1, places=(Place(100, "Hotels", 3), Place(100 + HOTEL.index("Trains"), "Trains", 4)))
    (citation,) = cite(draft("Second class [1].", (1, "Trains are booked in second class")), [merged]).citations
    assert (citation.section, citation.page) == ("Trains", 4)


def test_a_mark_without_a_found_quote_is_left_out() -> None:
    cited = cite(
        draft("So [1]. And so [2].", (1, "hotel night"), (2, "zebras paint the moon")), [passage(1), passage(2)]
    )
    assert (cited.text, len(cited.citations)) == ("So [1]. And so.", 1)


def test_a_quote_of_a_passage_that_was_not_given_is_left_out() -> None:
    assert cite(draft("So [9].", (9, "hotel night")), [passage(1)]).text == "So."


def test_a_quote_without_a_mark_is_no_footnote() -> None:
    assert cite(draft("So.", (1, "hotel night")), [passage(1)]).citations == ()


def test_every_number_has_a_citation_and_every_citation_a_number() -> None:
    text = "A [2], b [1, 3], c [9], d [2]."
    cited = cite(
        draft(text, (1, "hotel night"), (2, "140 euros"), (2, "Trains"), (4, "class")), [passage(n) for n in (1, 2, 3)]
    )
    assert cited.text == "A [1], b [2], c, d [1]."
    assert [(c.number, c.quote) for c in cited.citations] == [(1, "140 euros"), (1, "Trains"), (2, "hotel night")]


def test_the_same_quote_twice_is_one_citation() -> None:
    cited = cite(draft("So [1] [1].", (1, "hotel night"), (1, "Hotel  night")), [passage(1)])
    assert [citation.quote for citation in cited.citations] == ["hotel night"]


def test_a_text_that_broke_off_is_given_the_words_it_is_most_like() -> None:
    text = "A hotel night is reimbursed up to 140 euros. [1] Zebras repaint the moon. [1] And"
    claims = claim_sources(text, [passage(1)])
    assert [(claim.passage, claim.quote) for claim in claims] == [(1, "A hotel night is reimbursed up to 140 euros.")]


def test_a_text_that_broke_off_before_a_mark_has_no_sources() -> None:
    assert claim_sources("A hotel night is reimbursed up to", [passage(1)]) == []


@pytest.mark.parametrize("code", ["`rows[0]`", "```\nrows[0] = 1\n```"])
def test_what_stands_in_code_is_no_mark(code: str) -> None:
    assert fed(f"Write {code}.", 1) == f"Write {code}."
