"""One form for texts that differ only in typography, and the way back."""

import random

import pytest

from guards.folding import fold, glued


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Two  spaces\n\tand\u00a0more", "two spaces and more"),
        ("“Don’t”", '"don\'t"'),
        ("ﬁne oﬀer", "fine offer"),
        ("infor-\n  mation", "information"),
        ("infor\u00admation", "information"),
        ("non-refundable", "nonrefundable"),
        ("10 – 20", "10-20"),
        ("this — that", "this-that"),
        ("cafe\u0301", "café"),
        ("Straße", "strasse"),
        ("zero\u200bwidth", "zerowidth"),
        ("and so on…", "and so on..."),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize("seed", range(50))
def test_each_folded_character_leads_back_to_its_own(seed: int) -> None:
    rng = random.Random(seed)
    text = "".join(
        rng.choices(["a", "B", "ß", "ﬁ", "-", "\n", " ", "\u00ad", "–", "’", "e\u0301", "İ", "ŉ", "7", "…"], k=40)
    )
    folded = fold(text)
    for at in range(len(folded.text)):
        start, end = folded.original(at, at + 1)
        assert folded.text[at] in fold(text[start:end]).text
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(("text", "at"), [("word", 2), ("130", 1), ("a1", 1), ("1.5", 1), ("1.5", 2), ("1,000", 2)])
def test_a_cut_through_a_word_or_number_is_seen(text: str, at: int) -> None:
    assert glued(text, at)


@pytest.mark.parametrize(
    ("text", "at"), [("a b", 1), ("a b", 2), ("a.", 1), ("end. 5", 4), ("日本語", 1), ("x", 0), ("x", 1)]
)
def test_a_cut_between_words_is_free(text: str, at: int) -> None:
    assert not glued(text, at)
