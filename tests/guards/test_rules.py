"""What a draft must keep to."""

import pytest

from guards.guard import Context
from guards.rules import LEAK, RULES, markers
from guards.schema import Citation, Draft

PASSAGES = ["Refunds are paid within 30 days.", "Shipping is free over 50 euros."]
CITED = Citation(passage=1, quote="within 30 days")


def problems(answer: str, *citations: Citation, answerable: bool = True, canary: str = "") -> list[str]:
    """What the rules say about a draft."""
    draft = Draft(answer=answer, citations=list(citations), answerable=answerable, follow_ups=[])
    beside = Context(passages=tuple(PASSAGES), canary=canary)
    return [problem for rule in RULES for problem in rule(draft, beside)]


def test_a_cited_answer_has_no_problems() -> None:
    assert problems("In 30 days [1].", CITED) == []


def test_a_quote_that_stands_nowhere_is_told() -> None:
    told = problems("In 20 days [1].", Citation(passage=1, quote="within 20 days"))
    assert told == ["citations[0].quote does not stand in passage 1; copy the words exactly."]


def test_a_quote_from_another_passage_is_told_which() -> None:
    told = problems("In 30 days [2].", Citation(passage=2, quote="within 30 days"))
    assert told == ["citations[0].quote stands in passage 1, not in passage 2; cite passage 1."]


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_passage_that_was_not_given_is_told(number: int) -> None:
    told = problems(f"In 30 days [1][{number}].", CITED, Citation(passage=number, quote="within 30 days"))
    assert f"citations[1].passage is {number}, but only passages 1 to 2 were given" in told[0]


def test_a_marker_without_citation_is_told() -> None:
    told = problems("In 30 days [1]. Free [2].", CITED)
    assert told == ["answer has [2], but citations has no quote from passage 2; add one or remove [2]."]


def test_a_citation_without_marker_is_told() -> None:
    told = problems("In 30 days.", CITED)
    assert told == ["citations has passage 1, but answer has no [1]; mark what it supports or leave it out."]


def test_an_answer_cites_something() -> None:
    assert problems("In 30 days.")[0].startswith("answer cites nothing;")


def test_an_answer_has_words() -> None:
    assert problems(" ")[0].startswith("answer is empty;")


@pytest.mark.parametrize("answer", ["The documents do not say.", "Not in [1] or [2].", ""])
def test_what_cannot_be_answered_needs_no_citation(answer: str) -> None:
    assert problems(answer, answerable=False) == []


@pytest.mark.parametrize("text", ["fn-7Q2x-canary", "FN 7q2x CANARY", "f.n.7.q.2.x.c.a.n.a.r.y"])
def test_the_canary_must_not_leak(text: str) -> None:
    assert problems(f"It says {text}", answerable=False, canary="fn-7q2x-canary") == [LEAK]


def test_markers_are_numbers_in_brackets_outside_code_and_links() -> None:
    answer = "A [1]. B[2][3], C [4, 5] `x[6]` [7](https://example.org) [2024]\n```\ny[8]\n```"
    assert markers(answer) == [1, 2, 3, 4, 5]
