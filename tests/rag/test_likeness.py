"""Whether two questions ask for the same in other words."""

import pytest

from rag.likeness import Likeness, likeness, same
from rag.retrieval.carried import carried_model, export_folder
from tests.rag.rephrasings import DIFFERENT, REPHRASED

by_stems = likeness(lambda: None)


@pytest.fixture(scope="module")
def by_meaning(tmp_path_factory: pytest.TempPathFactory) -> Likeness:
    model = carried_model(export_folder(tmp_path_factory.mktemp("models")))
    return likeness(lambda: model)


def test_by_meaning_no_other_question_is_found_and_about_half_of_those_rephrased(by_meaning: Likeness) -> None:
    assert [pair for pair in DIFFERENT if by_meaning(*pair)] == []
    assert sum(by_meaning(*pair) for pair in REPHRASED) >= 14


def test_by_stems_no_other_question_is_found_and_some_of_those_rephrased() -> None:
    assert [pair for pair in DIFFERENT if by_stems(*pair)] == []
    assert sum(by_stems(*pair) for pair in REPHRASED) >= 5


def test_likeness_has_no_order(by_meaning: Likeness) -> None:
    pairs = [*REPHRASED, *DIFFERENT]
    assert [by_meaning(a, b) for a, b in pairs] == [by_meaning(b, a) for a, b in pairs]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How many days in the first year?", "How many days in the second year?"),
        ("What was earned in 2023?", "What was earned in 2024?"),
        ("Which costs are reimbursed?", "Which costs are not reimbursed?"),
        ("Can I return a used lamp?", "Can't I return a used lamp?"),
        ("Where is the office of Anna Berg?", "Where is the office of Jonas Weber?"),
    ],
)
def test_another_number_name_or_a_no_is_another_question(one: str, other: str) -> None:
    assert not by_stems(one, other)


def test_the_same_words_are_the_same_question() -> None:
    assert same("How late?", "  how LATE ")
    assert not same("How late?", "How late is it?")
