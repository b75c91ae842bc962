"""How one writer's words follow another's beginning: nothing lost, nothing said twice."""

import random
import re

import pytest

from rag.writing.joining import OPENING, Join, Joint
from rag.writing.words import Vocabulary

SOURCES = [
    "How much is reimbursed for a hotel night?",
    "A hotel night is reimbursed up to 140 euros. Trains are booked in second class. In Berlin a night costs 20 more. "
    "The form is handed in within thirty days, with all the receipts and the number of the journey.",
]
KNOWN = Vocabulary(SOURCES)
HOTEL = "A hotel night is reimbursed up to 140 euros. [1]"
TRAINS = "Trains are booked in second class. [1]"
WHOLE = (
    f"{HOTEL} {TRAINS}\n\n- In Berlin a night costs 20 more. [2]\n- The form is handed in within thirty days, "
    "with all the receipts and the number of the journey. [1, 2]"
)


def joined(left: str, text: str, size: int = 3) -> str:
    """Both texts, the new one coming in pieces."""
    joint = Joint(left, KNOWN)
    seen = (joint.join(text[:end], whole=False) for end in range(size, len(text), size))
    join = next(filter(None, seen), None) or joint.join(text, whole=True)
    assert join is not None
    return join.of(left, text)


@pytest.mark.parametrize(
    ("left", "text"),
    [
        ("A hotel night is", "reimbursed up to 140 euros. [1]"),
        ("A hotel night is", "… reimbursed up to 140 euros. [1]"),
        ("A hotel night is", " reimbursed up to 140 euros. [1]"),
        ("A hotel night is", HOTEL),
        ("A hotel night is reimb", "reimbursed up to 140 euros. [1]"),
        ("A hotel night is reimb", "ursed up to 140 euros. [1]"),
        ("A hotel night is reimb", HOTEL),
        ("A hotel night is reimbursed up to 1", "140 euros. [1]"),
        ("A hotel night is reimbursed up to 140 euros", HOTEL),
        ("A hotel night is reimbursed up to 140 euros.", HOTEL),
        ("A hotel night is reimbursed up to 140 euros.", "[1]"),
        (HOTEL, HOTEL),
        ("A", HOTEL),
        ("", HOTEL),
    ],
)
def test_a_cut_sentence_becomes_whole(left: str, text: str) -> None:
    assert joined(left, text) == HOTEL


@pytest.mark.parametrize("text", [TRAINS, f"{HOTEL} {TRAINS}", f"euros. [1] {TRAINS}"])
def test_a_whole_sentence_is_followed_by_the_next(text: str) -> None:
    assert joined(HOTEL, text) == f"{HOTEL} {TRAINS}"


def test_a_word_that_is_whole_though_no_document_has_it_stays() -> None:
    assert joined("A hotel night costs", "up to 140 euros.") == "A hotel night costs up to 140 euros."


def test_half_a_word_that_nobody_ends_is_left_out() -> None:
    assert joined("A hotel night is reimb", "paid up to 140 euros.") == "A hotel night is paid up to 140 euros."


def test_a_name_goes_on_in_the_middle_of_a_sentence() -> None:
    assert joined("More is paid in", "Berlin. [2]") == "More is paid in Berlin. [2]"


def test_another_answer_in_mid_sentence_follows_the_whole_sentences_as_a_paragraph() -> None:
    assert joined(f"{HOTEL} Trains are", "You may go by bus. [2]") == f"{HOTEL}\n\nYou may go by bus. [2]"


def test_another_answer_replaces_a_beginning_without_a_whole_sentence() -> None:
    assert joined("The limit for nights in", "You may spend 140 euros. [1]") == "You may spend 140 euros. [1]"


def test_a_restart_in_nearly_the_same_words_replaces_what_it_says_again() -> None:
    text = "A hotel night gets reimbursed up to 140 euros a night. [1]"
    assert joined("A hotel night is reimbursed up to 140 euros", text) == text


def test_a_sentence_with_other_numbers_is_no_restart() -> None:
    text = "Level 2 of the tariff costs 20 euros a month. [1]"
    assert joined("Level 1 of the tariff costs 10 euros a month. [1]", text).count("Level") == 2


def test_an_item_of_a_list_starts_a_line() -> None:
    assert joined("- One thing. [1]", "- Another. [2]") == "- One thing. [1]\n- Another. [2]"


def test_a_number_that_only_the_restart_has_is_taken_over() -> None:
    assert joined("A hotel night is reimbursed up to 140 euros. Tra", f"{HOTEL} {TRAINS}") == f"{HOTEL} {TRAINS}"


def test_first_words_are_held_back_no_longer_than_needed() -> None:
    joint = Joint("A hotel night is", KNOWN)
    assert joint.join("reimbursed", whole=False) is None
    assert joint.join("reimbursed ", whole=False) == Join(16, 0, " ")
    assert joint.join("The words of another answer, " + "and on " * (OPENING // 7), whole=False) is not None


def test_what_adds_nothing_changes_nothing() -> None:
    assert joined(HOTEL, "") == HOTEL
    assert joined(HOTEL, "up to 140 euros. [1]") == HOTEL


def last_sentence(text: str) -> str:
    """From the start of the sentence in which a text stops."""
    begun = [0, *(found.end() for found in re.finditer(r"\. (?:\[[\d, ]+\])?\s*(?:- )?", text[:-1]))]
    return text[begun[-1] :]


def going_on(rng: random.Random, left: str, rest: str) -> str:
    """What a model says that was told the beginning: the rest, with the cut word, more of it, or all of it again."""
    cut = re.search(r"\w*\Z", left)
    begun = cut[0] if cut and rest[:1].isalnum() else ""
    manner = rng.choice(["exactly", "the word", "the sentence", "all"])
    match manner:
        case "exactly":
            return begun + rest if begun and not rest[0].isspace() else rest
        case "the word":
            return re.split(r"\s", left)[-1] + rest
        case "the sentence":
            return last_sentence(left) + rest
        case _:
            return left + rest


@pytest.mark.parametrize("hundred", range(3))
def test_wherever_it_breaks_and_however_it_goes_on_each_word_stands_once(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        rng = random.Random(seed)
        cut = rng.randrange(1, len(WHOLE))
        left = re.sub(r"\s*(?:\[[\d, ]*)?\Z", "", WHOLE[:cut])
        text = going_on(rng, left, WHOLE[len(left) :])
        found = joined(left, text, rng.randrange(1, 12))
        assert found.split() == WHOLE.split(), (left, text)
