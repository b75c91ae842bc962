"""Names of topics come from words that many people share."""

import numpy as np

from rag.topics.naming import PEOPLE, Said, label, terms

PARKING = ["Where can I park?", "Is parking free?", "Parking for guests?", "How do I book a parking space?"]
LEAVE = ["How many leave days?", "Annual leave days?", "Can leave days be carried over?", "Leave days in 2026?"]


def said(texts: list[str], people: int) -> list[Said]:
    return [Said(text, f"person {at % people}") for at, text in enumerate(texts)]


def test_words_of_many_people_name_a_group_as_they_write_them() -> None:
    found = terms([*said(PARKING, 4), *said(LEAVE, 4)], np.array([0] * 4 + [1] * 4), 2)
    assert found == [("parking",), ("leave", "days")] or found == [("parking",), ("days", "leave")]
    assert label(found[0], 1) == "parking"


def test_words_of_fewer_people_are_in_no_name() -> None:
    found = terms(said(PARKING, PEOPLE - 1), np.zeros(4, dtype=np.int64), 1)
    assert (found, label(found[0], 4)) == ([()], "Topic 4")


def test_one_persons_word_is_in_no_name_however_often_they_use_it() -> None:
    loud = [Said("My neighbour Kowalczyk parks badly", "ana") for _ in range(50)]
    found = terms([*loud, *said(PARKING, 4)], np.zeros(54, dtype=np.int64), 1)
    assert found == [("parks",)] or found == [("parking",)]
