"""Marks behind sentences, their legend and their reasons."""

import random

import pytest

from store.records import SupportRecord
from tests.ui.judge import alive, shown
from tests.ui.test_markdown import ATTACKS, PIECES
from ui import markdown, support

TEXT = "It is lit at dusk. [1] It burns oil. Nobody pays 42 %."
SUPPORT = (
    SupportRecord(0, 22, "supported", ""),
    SupportRecord(23, 36, "weak", "Only some of its words stand in the passages."),
    SupportRecord(37, 54, "unsupported", "“42 %” stands in none of the passages."),
)
MARKS = support.marks(TEXT, SUPPORT)


def test_marks_stand_behind_their_sentences_and_can_be_told_without_colour() -> None:
    said = markdown.answer(TEXT, marks=support.behind(MARKS)).replace("&nbsp;", " ").replace("\u2060", "")
    assert said == (
        "It is lit at dusk. :blue-badge[1] It burns oil. :gray-badge[≈ a] Nobody pays 42 %. :orange-badge[? b]"
    )


def test_each_mark_has_its_reason() -> None:
    lines = support.reasons(MARKS).replace("\\", "").splitlines()
    assert lines == [
        "- :gray-badge[≈ a] “It burns oil.” Only some of its words stand in the passages.",
        "- :orange-badge[? b] “Nobody pays 42 %.” “42 %” stands in none of the passages.",
    ]


def test_reasons_show_words_and_not_their_markdown() -> None:
    (mark,) = support.marks("| **42** |  `x_y` [1] |", [SupportRecord(0, 23, "weak", "Why.")])
    assert support.reasons([mark]).replace("\\", "") == "- :gray-badge[≈ a] “42 x_y” Why."


def test_the_legend_names_only_the_marks_there_are() -> None:
    assert support.legend(MARKS[:1]) == ":gray-badge[≈] only in part, or not for sure"
    assert support.legend([]) == ""


@pytest.mark.parametrize(
    ("sentences", "supported", "told"),
    [(5, 4, "4 of 5 sentences supported"), (1, 1, "1 of 1 sentence supported"), (2, 0, "0 of 2 sentences supported")],
)
def test_the_summary_counts(sentences: int, supported: int, told: str) -> None:
    assert support.summary(sentences, supported) == told


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("```\nx = 9\n```", 13, "```\nx = 9\n```\n\n&nbsp;:x"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", 29, "| 1 | 2 &nbsp;:x\u2060 |"),
        ("# 9 rules", 9, "# 9 rules&nbsp;:x"),
    ],
)
def test_a_mark_shows_behind_code_and_in_tables(text: str, end: int, expected: str) -> None:
    assert expected in markdown.answer(text, marks=[(end, ":x")])


def test_letters_go_on_after_z() -> None:
    marks = support.marks("x" * 30, [SupportRecord(at, at + 1, "weak", "") for at in range(30)])
    assert [mark.letter for mark in marks[24:29]] == ["y", "z", "aa", "ab", "ac"]


@pytest.mark.parametrize("seed", range(4))
def test_no_mark_makes_anything_of_the_answer_live(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(150):
        pieces = [chance.choice((*PIECES, *ATTACKS, "\U000f0000", "Word. ")) for _ in range(chance.randrange(1, 9))]
        text = "".join(pieces)
        ends = sorted(chance.sample(range(len(text) + 1), min(2, len(text))))
        found = support.marks(text, [SupportRecord(0, end, "unsupported", text) for end in ends])
        assert alive(markdown.answer(text, marks=support.behind(found))) == []
        assert alive(support.reasons(found)) == []


def test_an_answer_cannot_bring_marks_of_its_own() -> None:
    assert "\ufffd" in shown(markdown.answer("One. \U000f0000", marks=[(4, ":x")]))
