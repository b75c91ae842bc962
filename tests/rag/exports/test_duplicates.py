"""What counts as the same, and what does not."""

import pytest

from rag.exports.duplicates import ALIKE, Duplicates, normalised, signature

LONG = "Full-time staff get 28 days of annual leave a year. What is left over goes into the next year until March. "


@pytest.mark.parametrize(
    ("question", "reply", "seen"),
    [
        ("How many days of leave?", LONG, "duplicate"),
        ("how MANY days of leave", LONG.upper(), "duplicate"),
        ("How many days of leave?", LONG.replace("goes into", "goes to"), "near duplicate"),
        ("How many days of leave?", LONG.replace("28", "30"), None),
        ("How many days of sick leave?", LONG, None),
        ("How many days of leave?", "Ask the office, they know it, or look at the page about leave.", None),
    ],
)
def test_the_same_words_count_once(question: str, reply: str, seen: str | None) -> None:
    duplicates = Duplicates()
    assert duplicates.seen("How many days of leave?", LONG) is None
    assert duplicates.seen(question, reply) == seen


def test_signatures_agree_in_as_many_places_as_texts_share_of_their_runs() -> None:
    """The share as counted; 64 permutations are off by 6 in 100 one time in three at most."""
    one, other = normalised(LONG), normalised(LONG.replace("goes into the next year", "is lost"))
    runs = [{text[at : at + 5] for at in range(len(text) - 4)} for text in (one, other)]
    shared = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
    estimated = float((signature(one) == signature(other)).mean())
    assert abs(estimated - shared) < 0.15
    assert shared < ALIKE


@pytest.mark.parametrize("text", ["", "a", "\ud83d", "…"])
def test_any_text_has_a_signature(text: str) -> None:
    assert Duplicates().seen(text, text) is None
