"""Marks put back to the words they stand for, place by place, or refused."""

import pytest

from rag.examples import Unfit
from rag.review.restoring import restored
from rag.review.veil import NoVeil, Veil

TEXT = "My name is Ana Kovač. Ask Dr. Ben Miller, or write to ana.kovac@example.com. Take two days."
ONE = "Write to ana.kovac@example.com by noon."
VEIL = Veil([TEXT, ONE])
SEEN = VEIL.text(TEXT)


def test_what_is_tried_here_has_two_names() -> None:
    assert SEEN == "My name is [name]. Ask Dr. [name], or write to [e-mail]. Take two days."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("two days", "three days"),
        ("Take two days.", ""),
        ("My name is [name]. ", ""),
        ("Take two", "[e-mail] says two"),
    ],
)
def test_what_is_edited_around_marks_keeps_their_words(before: str, after: str) -> None:
    expected = TEXT.replace(_plain(before), _plain(after)) if before else TEXT
    assert restored(SEEN.replace(before, after) if before else SEEN, [TEXT], VEIL) == expected


def _plain(words: str) -> str:
    return words.replace("My name is [name]", "My name is Ana Kovač").replace("[e-mail]", "ana.kovac@example.com")


@pytest.mark.parametrize(
    "edited",
    [
        "[name] may take two days.",  # which of them?
        SEEN.replace(", or write to [e-mail]", ""),  # might as well be the other one
        "[name]",
        "My name is Ana. Ask the doctor, [name], or write.",
        SEEN.replace("[e-mail]", "[e-mail"),
        SEEN.replace("[e-mail]", "e-mail]"),
        SEEN + " Call [phone].",
    ],
)
def test_what_is_torn_or_not_clear_is_refused(edited: str) -> None:
    with pytest.raises(Unfit):
        restored(edited, [TEXT], VEIL)


def test_a_mark_may_move_where_it_stands_for_one_thing_only() -> None:
    assert restored("By noon, write to [e-mail]!", [ONE], VEIL) == "By noon, write to ana.kovac@example.com!"


def test_a_mark_that_the_text_itself_has_stays() -> None:
    text = "Begin with “Dear [name]” and end with ana.kovac@example.com."
    veil = Veil([text])
    assert restored(veil.text(text).replace("end", "close"), [text], veil) == text.replace("end", "close")


def test_who_sees_it_all_writes_what_they_write() -> None:
    assert restored("Dear [name", [TEXT], NoVeil()) == "Dear [name"


def test_a_value_that_would_come_in_sight_is_refused() -> None:
    """Three letters alone are no value that is looked for everywhere."""
    text = "My name is Ana."
    veil = Veil([text])
    if veil.text("Anastasia met Ana today.") == "Anastasia met Ana today.":
        with pytest.raises(Unfit, match="come in sight"):
            restored("Today [name] came.", [text], veil)
