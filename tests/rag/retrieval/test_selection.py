"""Which chunks become passages."""

from rag.retrieval.fusion import Scored
from rag.retrieval.matching import Match
from rag.retrieval.selection import Candidate, neighbours, select
from store.records import ChunkRecord


def candidate(place: int, document: int, score: float, text: str = "") -> Candidate:
    chunk = ChunkRecord(place, document, place, place * 100, place * 100 + 90, "T", "S", None, text or f"word{place}x")
    return Candidate(chunk, Scored(place, score, None, None, Match(0, 0, 0, 0)), score, score)


def ids(candidates: list[Candidate]) -> list[int]:
    return [candidate.chunk.id for candidate in candidates]


def test_the_best_are_taken() -> None:
    assert ids(select([candidate(1, 1, 0.9), candidate(5, 2, 0.5), candidate(9, 3, 0.4)], 2)) == [1, 5]


def test_what_says_the_same_is_taken_once() -> None:
    words = "The hotel night is paid up to a limit that finance sets anew for each and every city we travel to."
    assert ids(select([candidate(1, 1, 0.9, words), candidate(5, 2, 0.8, words), candidate(9, 3, 0.1)], 2)) == [1, 9]


def test_what_says_the_same_with_another_number_is_not_the_same() -> None:
    words = "In {} the hotel night is paid up to a limit that finance sets anew for every city we travel to."
    both = [candidate(1, 1, 0.9, words.format(2025)), candidate(5, 2, 0.8, words.format(2026))]
    assert ids(select(both, 2)) == [1, 5]


def test_one_document_leaves_a_place_to_others_that_are_nearly_as_good() -> None:
    own = [candidate(place, 1, 0.90) for place in (1, 3, 5)]
    assert ids(select([*own, candidate(7, 2, 0.85)], 3)) == [1, 3, 7]


def test_one_document_keeps_its_places_when_others_are_clearly_worse() -> None:
    own = [candidate(place, 1, 0.9) for place in (1, 3, 5)]
    assert ids(select([*own, candidate(7, 2, 0.3)], 3)) == [1, 3, 5]


def test_neighbours_become_one_in_the_place_of_the_better() -> None:
    groups = neighbours([candidate(4, 1, 0.9), candidate(9, 2, 0.8), candidate(3, 1, 0.7), candidate(5, 1, 0.6)])
    assert [ids(group) for group in groups] == [[3, 4, 5], [9]]
