"""Names by their capitals."""

import pytest

from rag.names import names, topic
from rag.types import Turn


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who met Maren Oldfield in the Hexford office?", ["Maren Oldfield", "Hexford"]),
        ("Is the Wren 2 better?", ["Wren 2"]),
        ("Does the University of Leeds know?", ["University of Leeds"]),
        ("Was it in May 2026?", []),
        ("Hotels are paid. Breakfast is not.", []),
        ("Maren Oldfield joined.", ["Maren Oldfield"]),
        ("", []),
    ],
)
def test_names_are_capitals_that_no_sentence_explains(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_the_topic_is_said_often_and_lately() -> None:
    talk = [Turn("Is Ada Byron here?", "Ada Byron is."), Turn("Did Ada Byron eat?", "With Grace Hopper.")]
    assert topic(talk, frozenset()) == "Ada Byron"
    assert topic(talk, frozenset({"ada", "byron"})) == "Grace Hopper"


def test_a_talk_without_names_has_no_topic() -> None:
    assert topic([Turn("how much?", "A lot.")], frozenset()) is None
