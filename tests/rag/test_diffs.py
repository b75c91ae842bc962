"""Diffs: from the answer to its correction, word by word, and back into words."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.diffs import changes
from store.records import ChangeRecord
from tests.rag.applying import Unfit, applied

WORDS = st.lists(st.one_of(st.sampled_from(["nine", "ten", " ", "\n", ", ", "[1]", "é"]), st.text(max_size=4)))
TEXTS = WORDS.map("".join)
quick = settings(max_examples=150, deadline=None, derandomize=True, database=None)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in changes(before, after)]


@given(before=TEXTS, after=TEXTS)
@quick
def test_the_changes_applied_to_the_answer_give_the_correction(before: str, after: str) -> None:
    diff = changes(before, after)
    assert applied(diff, before) == after
    assert (diff == ()) == (before == after)


@given(before=TEXTS, after=TEXTS)
@quick
def test_neighbours_differ_in_kind_and_none_is_empty(before: str, after: str) -> None:
    diff = changes(before, after)
    assert all(one.text for one in diff)
    assert all(one.kind != other.kind for one, other in pairwise(diff))


def test_words_are_changed_whole() -> None:
    assert told("Until nine. [1]", "Until nineteen. [1]") == [
        ("same", "Until "),
        ("deleted", "nine"),
        ("inserted", "nineteen"),
        ("same", ". [1]"),
    ]


def test_changes_with_only_a_blank_between_them_are_one() -> None:
    assert told("Open at half past nine today.", "Open at quarter to ten today.") == [
        ("same", "Open at "),
        ("deleted", "half past nine"),
        ("inserted", "quarter to ten"),
        ("same", " today."),
    ]


def test_another_text_is_refused() -> None:
    with pytest.raises(Unfit):
        applied((ChangeRecord("same", "Until "), ChangeRecord("deleted", "nine")), "Until ten")
