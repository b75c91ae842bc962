"""Two rankings into one."""

import pytest

from rag.retrieval.fusion import LEXICAL, MEANING, PHRASE, WINDOW, fuse
from rag.retrieval.matching import Match
from rag.retrieval.vectors import Near
from store.lexical import Hit

PLAIN = Match(coverage=0, window=0, phrase=0, missing=0)
NO_WORDS = dict.fromkeys(range(10), PLAIN)


def order(hits: list[Hit], nears: list[Near], matches: dict[int, Match] = NO_WORDS) -> list[int]:
    return [scored.chunk_id for scored in fuse(hits, nears, matches)]


def test_without_vectors_the_order_is_that_of_the_words() -> None:
    fused = fuse([Hit(1, 4.0), Hit(2, 2.0)], [], NO_WORDS)
    assert [(s.chunk_id, s.lexical, s.vector) for s in fused] == [(1, 1.0, None), (2, 0.5, None)]


def test_without_words_the_order_is_that_of_meaning() -> None:
    assert order([], [Near(1, 0.2), Near(2, 0.6)]) == [2, 1]


def test_what_both_searches_find_stands_before_what_one_finds() -> None:
    hits, nears = [Hit(1, 3.0), Hit(2, 2.9)], [Near(3, 0.6), Near(2, 0.59), Near(4, 0.1)]
    assert order(hits, nears)[0] == 2
    assert {*order(hits, nears)} == {1, 2, 3, 4}


@pytest.mark.parametrize("closer", [Match(1, 1, 0, 0), Match(1, 0.8, 0.5, 0)])
def test_words_that_stand_together_outweigh_a_little_more_bm25(closer: Match) -> None:
    assert order([Hit(1, 3.0), Hit(2, 2.5)], [], {1: Match(1, 0.5, 0, 0), 2: closer}) == [2, 1]


def test_the_scale_of_bm25_and_cosine_does_not_matter() -> None:
    hits, nears = [Hit(1, 3.0), Hit(2, 1.0)], [Near(2, 0.6), Near(1, 0.4), Near(3, 0.2)]
    wider = [Hit(hit.chunk_id, hit.score * 9) for hit in hits], [Near(n.chunk_id, n.cosine / 2) for n in nears]
    assert [s.score for s in fuse(hits, nears, NO_WORDS)] == pytest.approx([s.score for s in fuse(*wider, NO_WORDS)])


def test_equals_stand_in_a_fixed_order() -> None:
    assert order([Hit(9, 1.0), Hit(3, 1.0)], []) == [3, 9]


def test_a_chunk_that_is_gone_falls_out() -> None:
    assert order([Hit(1, 1.0), Hit(77, 2.0)], []) == [1]


def test_nothing_found_is_nothing() -> None:
    assert order([], []) == []


def test_a_score_is_a_share() -> None:
    assert pytest.approx(1) == LEXICAL + MEANING + PHRASE + WINDOW
