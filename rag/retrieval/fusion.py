"""Two rankings into one.

Candidates of both searches are ranked by a weighted sum of four things between 0 and 1: bm25 over the best bm25 of
this search, cosine over its range in this search, and how much of the query stands close together and side by side
in the text. None of them depends on the size of the library or on the embedding model. The weights are those of a
listwise logistic regression on the first half of SQuAD's articles (`python -m benchmarks retrieval` fits and tests
them); the same ones are best on the questions they never saw, those of MTRAG. Plain rank fusion throws the scores
away and sits between the two searches.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rag.retrieval.matching import Match
from rag.retrieval.vectors import Near
from store.lexical import Hit

LEXICAL, MEANING, PHRASE, WINDOW = 0.16, 0.22, 0.26, 0.36


@dataclass(frozen=True, slots=True)
class Scored:
    chunk_id: int
    score: float  # ranks, from 0 to 1
    lexical: float | None  # bm25 over the best bm25 of this search
    vector: float | None  # cosine
    match: Match


def fuse(
    hits: Sequence[Hit], nears: Sequence[Near], matches: Mapping[int, Match], waiting: Collection[int] = ()
) -> list[Scored]:
    """The candidates that have a match, the best first; without vectors meaning counts for nothing.

    Chunks whose vectors are still to be made (`waiting`) are taken to be as close as their words stand together: a
    document must not rank behind all others because it has just come in.
    """
    best = max((hit.score for hit in hits), default=0.0) or 1.0
    lexical = {hit.chunk_id: hit.score / best for hit in hits}
    cosine = {near.chunk_id: near.cosine for near in nears}
    closeness = _over_range(cosine) | ({i: matches[i].window for i in waiting if i in matches} if nears else {})
    fused = [
        Scored(
            chunk_id,
            LEXICAL * lexical.get(chunk_id, 0.0)
            + MEANING * closeness.get(chunk_id, 0.0)
            + PHRASE * matches[chunk_id].phrase
            + WINDOW * matches[chunk_id].window,
            lexical.get(chunk_id),
            cosine.get(chunk_id),
            matches[chunk_id],
        )
        for chunk_id in lexical | cosine
        if chunk_id in matches
    ]
    return sorted(fused, key=lambda scored: (-scored.score, scored.chunk_id))


def _over_range(cosines: Mapping[int, float]) -> dict[int, float]:
    low, high = min(cosines.values(), default=0.0), max(cosines.values(), default=0.0)
    width = (high - low) or 1.0
    return {chunk_id: (cosine - low) / width for chunk_id, cosine in cosines.items()}
