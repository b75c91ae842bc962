"""Two rankings into one, and a score a person can read.

Chunks are ranked by a weighted sum of bm25 (over the best of this search) and cosine (over its range in this
search). Plain rank fusion throws the scores away and sits between the two arms; the weighted sum beat it on each
set tried, see docs/performance.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.retrieval.terms import stem
from rag.retrieval.vectors import Near
from store.lexical import Hit

LEXICAL_WEIGHT = 0.6
# Cosines of all-MiniLM-L6-v2 between a question and unrelated or fully matching text.
UNRELATED, MATCHING = 0.10, 0.70


@dataclass(frozen=True, slots=True)
class Scored:
    chunk_id: int
    score: float  # ranks
    lexical: float | None  # bm25 over the best bm25 of this search
    vector: float | None  # cosine


def fuse(hits: Sequence[Hit], nears: Sequence[Near]) -> list[Scored]:
    """All candidates of both arms, the best first. Without vectors the order is that of bm25."""
    best = max((hit.score for hit in hits), default=0.0) or 1.0
    lexical = {hit.chunk_id: hit.score / best for hit in hits}
    cosine = {near.chunk_id: near.cosine for near in nears}
    closeness = _over_range(cosine)
    weight = LEXICAL_WEIGHT if nears else 1.0
    fused = [
        Scored(
            chunk_id,
            weight * lexical.get(chunk_id, 0.0) + (1 - weight) * closeness.get(chunk_id, 0.0),
            lexical.get(chunk_id),
            cosine.get(chunk_id),
        )
        for chunk_id in lexical | cosine
    ]
    return sorted(fused, key=lambda scored: (-scored.score, scored.chunk_id))


def coverage(query_weights: Mapping[str, float], text_stems: frozenset[str]) -> float:
    """How much of the query's weight stands in a text, from 0 to 1."""
    total = sum(query_weights.values())
    return sum(weight for term, weight in query_weights.items() if stem(term) in text_stems) / total if total else 0.0


def relevance(covered: float, cosine: float | None) -> float:
    """How well a passage fits, from 0 to 1: the words it shares with the query and its closeness in meaning."""
    if cosine is None:
        return covered
    close = min(1.0, max(0.0, (cosine - UNRELATED) / (MATCHING - UNRELATED)))
    return 0.5 * covered + 0.5 * close


def _over_range(cosines: Mapping[int, float]) -> dict[int, float]:
    low, high = min(cosines.values(), default=0.0), max(cosines.values(), default=0.0)
    width = (high - low) or 1.0
    return {chunk_id: (cosine - low) / width for chunk_id, cosine in cosines.items()}
