"""The writer without a model: which sentences it picks, and how it quotes them."""

import pytest

from guards.quotes import locate
from rag.types import Passage
from rag.writers import extractive
from tests.fakes import HashEmbedder
from tests.rag.test_citations import passage

TRAVEL = passage(
    1,
    "Hotels\n\nA hotel night is reimbursed up to 140 euros. Breakfast is not reimbursed. "
    "Trains are booked in second class.\nWho may book a hotel?\nHotel nights must be booked by March 2026.",
)
OTHER = passage(2, "A hotel night is reimbursed, up to 140 euros. The garden closes at nine.", document="Older")


def chosen(query: str, *passages: Passage) -> list[str]:
    return [sentence.text for sentence in extractive.choose(query, passages or (TRAVEL,))]


def test_the_sentence_with_the_words_of_the_question_is_picked() -> None:
    assert chosen("Which class are trains booked in?")[0] == "Trains are booked in second class."


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("How much is reimbursed for a hotel?", "A hotel night is reimbursed up to 140 euros."),
        ("By when must a hotel be booked?", "Hotel nights must be booked by March 2026."),
    ],
)
def test_what_is_asked_for_decides_between_equals(query: str, best: str) -> None:
    assert chosen(query)[0] == best


def test_headings_and_questions_are_no_answers() -> None:
    assert not {"Hotels", "Who may book a hotel?"} & set(chosen("Hotels: who may book a hotel?"))


def test_the_same_words_are_said_once() -> None:
    picked = chosen("How much is reimbursed for a hotel night?", TRAVEL, OTHER)
    assert len([sentence for sentence in picked if "140" in sentence]) == 1


def test_at_most_three_sentences_are_picked() -> None:
    many = passage(
        1, " ".join(f"The {bird} may enter the garden at nine." for bird in ("owl", "jay", "tit", "rook", "wren"))
    )
    assert len(chosen("garden nine", many)) <= extractive.SENTENCES


def test_nothing_is_picked_from_nothing() -> None:
    assert extractive.choose("How late?", ()) == []
    assert chosen("How late?", passage(1, " \n ")) == []


def test_a_draft_quotes_every_sentence_word_for_word() -> None:
    draft = extractive.draft(extractive.choose("hotel nights booked in which class", (TRAVEL, OTHER)))
    assert draft.answerable
    assert all(locate(citation.quote, TRAVEL.text) for citation in draft.citations if citation.passage == 1)
    assert [f"[{citation.passage}]" for citation in draft.citations] == [
        line[-3:] for line in draft.answer.split("\n\n")
    ]


def test_a_draft_of_nothing_is_not_answerable() -> None:
    draft = extractive.draft([])
    assert (draft.answer, draft.citations, draft.answerable) == ("", [], False)


def test_sentences_of_one_passage_keep_its_order() -> None:
    draft = extractive.draft(extractive.choose("hotel night reimbursed booked second class trains", (TRAVEL,)))
    places = [TRAVEL.text.index(citation.quote) for citation in draft.citations]
    assert places == sorted(places)


def test_meaning_helps_when_it_is_warm() -> None:
    cold = chosen("second class trains")
    warm = [sentence.text for sentence in extractive.choose("second class trains", (TRAVEL,), HashEmbedder())]
    assert warm[0] == cold[0] == "Trains are booked in second class."


@pytest.mark.parametrize("text", ["", "one", "A hotel night is reimbursed up to 140 euros. [1]\n\nYes,  it is. [2]"])
def test_the_pieces_together_are_the_text(text: str) -> None:
    assert "".join(extractive.pieces(text)) == text
