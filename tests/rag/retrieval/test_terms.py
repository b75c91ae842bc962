"""Words, terms and stems of questions and texts."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from rag.retrieval.terms import is_small_talk, stem, stems, terms, words


def test_words_are_folded_and_numbers_stay_whole() -> None:
    assert words("The Café's 1,200.50 € in Zürich") == ["the", "cafe", "s", "1,200.50", "in", "zurich"]


def test_terms_leave_out_what_carries_no_meaning_and_repeats() -> None:
    assert terms("How much is the hotel? The HOTEL, please!") == ["hotel"]


@pytest.mark.parametrize(("one", "other"), [("refunds", "refund"), ("booked", "book"), ("policies", "policy")])
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_letters_that_only_look_accented_keep_what_makes_them() -> None:
    assert words("файл かばん が 한국어 Straße") == ["файл", "かばん", "が", "한국어", "straße"]


def test_stems_of_a_text_are_a_set() -> None:
    assert stems("Booked trains, and the train") == {"book", "train"}


def test_threads_do_not_mix_their_words() -> None:
    """The stemmer keeps the word it works on in itself."""
    many = [f"{word}{ending}" for word in ("relat", "nation", "sens") for ending in ("s", "ing", "ational")] * 99
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(stem.__wrapped__, many))
    assert found == [stem(word) for word in many]


@pytest.mark.parametrize(
    "text", ["Hello!", "ok?", "thanks a lot", "Good morning", "How are you?", "Ok, great", "danke"]
)
def test_small_talk_is_known(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    ["Why?", "And how much?", "Hello, what is paid?", "Thanks, and hotels?", "Ok, can I do it?", "", "Is that ok?"],
)
def test_a_question_is_no_small_talk(text: str) -> None:
    assert not is_small_talk(text)
