"""What a draft should keep to: its own word about itself, and the language of the question."""

import pytest

from guards.fitness import SOFT, only_says_nothing
from guards.guard import Context
from guards.schema import Citation, Draft

CITED = Citation(passage=1, quote="within 30 days")
GERMAN = "Wie lange dauert es, bis ich das Geld bekomme?"
ENGLISH_ANSWER = "You get the money back within 30 days of the purchase. [1]"


def problems(answer: str, *citations: Citation, answerable: bool = True, question: str = "") -> list[str]:
    draft = Draft(answer=answer, citations=list(citations), answerable=answerable, follow_ups=[])
    return [problem for rule in SOFT for problem in rule(draft, Context(question=question))]


@pytest.mark.parametrize(
    ("answer", "answerable", "told"),
    [
        ("In 30 days [1].", True, None),
        ("The documents do not say who owns it.", False, None),
        ("The documents do not say who owns it. [1]", True, "answerable is true"),
        ("In 30 days [1].", False, "answerable is false"),
        ("The documents do not say who owns it, but it closes at nine. [1]", False, None),
        ("It closes at nine. [1] The documents do not say who owns it.", True, None),
    ],
)
def test_answerable_says_what_the_answer_says(answer: str, answerable: bool, told: str | None) -> None:  # noqa: FBT001
    found = problems(answer, CITED, answerable=answerable)
    assert ([told in one for one in found] if told else found) == ([True] if told else [])


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        (GERMAN, ENGLISH_ANSWER, ["answer is in English, but the question is in German; write answer in German."]),
        (GERMAN, "Sie bekommen das Geld innerhalb von 30 Tagen nach dem Kauf. [1]", []),
        (
            "有給休暇は年に何日ありますか。",
            ENGLISH_ANSWER,
            ["answer is in English, but the question is in Japanese; write answer in Japanese."],
        ),
        ("Refund time?", ENGLISH_ANSWER, []),
        (GERMAN, "30 [1]", []),
        ("Wie heißt der Tarif, den wir haben, auf Englisch?", ENGLISH_ANSWER, []),
    ],
)
def test_the_answer_is_in_the_language_of_the_question(question: str, answer: str, told: list[str]) -> None:
    assert problems(answer, CITED, question=question) == told


@pytest.mark.parametrize(
    ("answer", "nothing"),
    [
        ("I could not find this in the documents.", True),
        ("The documents do not say it. None of the passages mentions a price.", True),
        ("The documents do not say it. It closes at nine.", False),
        ("", False),
    ],
)
def test_an_answer_may_say_nothing_but_that_there_is_none(answer: str, nothing: bool) -> None:  # noqa: FBT001
    assert only_says_nothing(answer) is nothing
