"""Sentences that say that nothing was found, and such as only look like it."""

import pytest

from guards.unanswered import says_nothing_found


@pytest.mark.parametrize(
    "sentence",
    [
        "I could not find this in the documents.",
        "The documents do not say how long it takes.",
        "The provided passages don't mention a price.",
        "None of the passages mentions parking.",
        "The context contains no information about this.",
        "This is not covered in the documents.",
        "There is not enough information in the provided passages.",
        "I'm sorry, but I do not have any information on that.",
        "The question cannot be answered from the passages.",
        "Die Dokumente enthalten dazu keine Angaben.",
        "In den Unterlagen steht dazu nichts.",
        "Ich konnte dazu nichts finden, keine Angabe gibt es.",
        "Les documents ne le précisent pas.",
        "Los documentos no mencionan el precio.",
        "I documenti non contengono questa informazione.",
        "Os documentos não mencionam isso.",
        "De documenten geven hierover geen informatie.",
    ],
)
def test_it_says_that_nothing_was_found(sentence: str) -> None:
    assert says_nothing_found(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "No documents are needed for travel within the EU.",
        "Documents are not kept longer than ten years.",
        "The passage to the garden is not lit at night.",
        "Die Dokumente dürfen nicht gefaltet werden.",
        "You could not find a cheaper plan.",
        "Files that do not fit are compressed.",
        "Information on salaries is not shared with others.",
        "The manual must not be removed from the room.",
        "You do not have to answer calls after six.",
    ],
)
def test_a_claim_only_looks_like_it(sentence: str) -> None:
    assert not says_nothing_found(sentence)
