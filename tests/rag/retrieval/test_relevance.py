"""How likely a passage answers."""

import pytest

from rag.retrieval.matching import Match
from rag.retrieval.relevance import ANSWERABLE, relevance

FULL = Match(coverage=1, window=1, phrase=1, missing=0)
EMPTY = Match(coverage=0, window=0, phrase=0, missing=0)


@pytest.mark.parametrize("cosine", [0.7, None])
def test_a_passage_that_has_it_all_is_close_enough(cosine: float | None) -> None:
    assert ANSWERABLE < 0.8 < relevance(FULL, cosine) <= 1


@pytest.mark.parametrize("cosine", [0.1, None])
def test_a_passage_that_has_nothing_is_not(cosine: float | None) -> None:
    assert 0 <= relevance(EMPTY, cosine) < 0.15


@pytest.mark.parametrize("cosine", [0.4, None])
def test_missing_names_speak_against_a_passage(cosine: float | None) -> None:
    odds = [relevance(Match(0.5, 0.5, 0.2, missing), cosine) for missing in range(3)]
    assert odds == sorted(odds, reverse=True)


def test_nearer_in_meaning_is_more_likely() -> None:
    assert relevance(FULL, 0.2) < relevance(FULL, 0.6)
