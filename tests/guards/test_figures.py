"""Figures of an answer that stand in no passage."""

from decimal import Decimal

import pytest

from guards.figures import UnfoundFigures, figures, unfound
from guards.guard import Context


def texts(answer: str, *sources: str) -> list[str]:
    return [answer[figure.start : figure.end] for figure in unfound(answer, sources)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,200 euros", "1200 euros"),
        ("1.200 Euro", "1,200 euros"),
        ("1 200 euros", "1200 euros"),
        ("1\u202f200,50 €", "1,200.50 €"),
        ("12 months", "twelve months"),
        ("the third day: 3rd", "on the 3rd"),
        ("twenty-eight days", "28 days"),
        ("two hundred and five", "205"),
        ("5 %", "5 percent"),
        ("30kg", "30 kg"),
        ("half past 6, 18:30", "at 6, or 18:30"),
        ("on 2024-03-01", "the 2024-03-01 edition"),
        ("1.200.000", "1,200,000"),
        ("20 million euros", "20,000,000 euros"),
        ("5 % of 3.5 bn", "5 % of 3,500,000,000"),
        ("12 Monate", "zwölf Monate"),
        ("3 jours, 5 días", "Trois jours, cinco días"),
        ("on 3 May 2024", "am 03.05.2024"),
        ("at 5:30 p.m.", "um 17:30 Uhr"),
        ("Do this: 1. Pack. 2. Go.", "Pack and go."),
        ("one of them [1]", "nothing at all"),
        ("1. Pack.\n2. Go. [3]", "Pack and go."),
    ],
)
def test_the_same_figure_in_another_form_is_found(one: str, other: str) -> None:
    assert texts(one, other) == []


@pytest.mark.parametrize(
    ("answer", "source", "missing"),
    [
        ("You get 30 days. [1]", "Staff get 28 days.", ["30"]),
        ("It costs 1,250 euros.", "It costs 1,200 euros.", ["1,250"]),
        ("It takes two weeks, 14 days.", "It takes two weeks.", ["14"]),
        ("In 1987 and 1988.", "In 1987.", ["1988"]),
        ("About 5.5 %.", "About 55 %.", ["5.5"]),
        ("thirty-one people", "thirty people", ["thirty-one"]),
        ("at 18:45", "at 18:30", ["45"]),
        ("3 or 4 [2]", "3", ["4"]),
    ],
)
def test_another_figure_is_not(answer: str, source: str, missing: list[str]) -> None:
    assert texts(answer, source) == missing


def test_numbers_of_footnotes_and_lists_are_no_figures() -> None:
    assert list(figures("1. Ask. [1]\n2) Go. [2, 3]\n- 3. Stay.")) == []


def test_digits_whose_grouping_is_not_clear_may_be_worth_two_things() -> None:
    (found,) = figures("1.200")
    assert found.values == {Decimal(1200), Decimal("1.2")}


def test_the_guard_tells_where_and_what_to_do_and_takes_the_question_for_a_source() -> None:
    answer = "For 4 people it is 90 euros, not 80."
    context = Context(question="What is it for 4 people?", passages=("It is 80 euros.",))
    (finding,) = UnfoundFigures().find(answer, context)
    assert (finding.where, answer[slice(*finding.where or ())]) == ((19, 21), "90")
    assert "“90” stands in none of the passages" in finding.why
