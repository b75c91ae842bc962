"""A search laid open: where each chunk stands in the search by words, in that by meaning, and in their common order."""

from dataclasses import dataclass

from rag.retrieval.search import Found
from store.records import ChunkRecord


@dataclass(frozen=True, slots=True)
class RankedChunk:
    """A chunk with its ranks, from 1; None where a search did not name it."""

    chunk: ChunkRecord
    rank: int
    by_words: int | None
    by_meaning: int | None
    bm25: float | None  # over the best of this search
    cosine: float | None
    relevance: float  # 0 to 1


def side_by_side(found: Found) -> tuple[RankedChunk, ...]:
    """The candidates in their common order."""
    words = {hit.chunk_id: place for place, hit in enumerate(found.hits, 1)}
    meaning = {near.chunk_id: place for place, near in enumerate(found.nears, 1)}
    return tuple(
        RankedChunk(
            chunk=candidate.chunk,
            rank=place,
            by_words=words.get(candidate.chunk.id),
            by_meaning=meaning.get(candidate.chunk.id),
            bm25=candidate.scored.lexical,
            cosine=candidate.scored.vector,
            relevance=candidate.relevance,
        )
        for place, candidate in enumerate(found.candidates, 1)
    )
