"""Two rankings into one."""

import pytest

from rag.retrieval.fusion import coverage, fuse, relevance
from rag.retrieval.vectors import Near
from store.lexical import Hit


def test_without_vectors_the_order_is_that_of_the_words() -> None:
    fused = fuse([Hit(1, 4.0), Hit(2, 2.0)], [])
    assert [(s.chunk_id, s.score, s.lexical, s.vector) for s in fused] == [(1, 1.0, 1.0, None), (2, 0.5, 0.5, None)]


def test_without_words_the_order_is_that_of_meaning() -> None:
    assert [scored.chunk_id for scored in fuse([], [Near(1, 0.2), Near(2, 0.6)])] == [2, 1]


def test_what_both_searches_find_stands_before_what_one_finds() -> None:
    fused = fuse([Hit(1, 3.0), Hit(2, 2.9)], [Near(3, 0.6), Near(2, 0.59), Near(4, 0.1)])
    assert fused[0].chunk_id == 2
    assert {scored.chunk_id for scored in fused} == {1, 2, 3, 4}


def test_equals_stand_in_a_fixed_order() -> None:
    assert [scored.chunk_id for scored in fuse([Hit(9, 1.0), Hit(3, 1.0)], [])] == [3, 9]


def test_nothing_found_is_nothing() -> None:
    assert fuse([], []) == []


def test_coverage_is_the_share_of_the_querys_weight() -> None:
    assert coverage({"hotels": 3.0, "night": 1.0}, {"hotel"}) == 0.75
    assert coverage({}, {"hotel"}) == 0


@pytest.mark.parametrize(("cosine", "expected"), [(None, 0.8), (0.7, 0.9), (0.05, 0.4), (0.4, 0.65)])
def test_relevance_is_words_and_meaning_from_0_to_1(cosine: float | None, expected: float) -> None:
    assert relevance(0.8, cosine) == pytest.approx(expected)
