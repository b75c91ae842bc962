"""Which of the ranked chunks become passages: different ones, from several documents, with their neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.retrieval.fusion import Scored
from rag.retrieval.terms import stems
from store.records import ChunkRecord

MERGED_CHARACTERS = 2400
SAME = 0.9  # Jaccard similarity of the stems; with other numbers it is another text, however alike
PER_DOCUMENT = 2 / 3  # of the places go to one document when others are nearly as good
NEARLY = 0.9  # of the score


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk with its scores."""

    chunk: ChunkRecord
    scored: Scored
    score: float  # ranks
    relevance: float


def select(ranked: Sequence[Candidate], places: int) -> list[Candidate]:
    """The first `places` candidates, the best first, without those that say the same as a better one."""
    chosen: list[Candidate] = []
    waiting = list(ranked)
    while waiting and len(chosen) < places:
        candidate = waiting.pop(_next(waiting, chosen, places))
        if not any(_same(candidate.chunk.text, other.chunk.text) for other in chosen):
            chosen.append(candidate)
    return sorted(chosen, key=lambda candidate: -candidate.score)


def _next(waiting: Sequence[Candidate], chosen: Sequence[Candidate], places: int) -> int:
    """The best one, unless its document has its share and another document's is nearly as good."""
    best = waiting[0]
    own = sum(other.chunk.document_id == best.chunk.document_id for other in chosen)
    if own < max(1, round(PER_DOCUMENT * places)):
        return 0
    others = (
        place
        for place, other in enumerate(waiting)
        if other.chunk.document_id != best.chunk.document_id and other.score >= NEARLY * best.score
    )
    return next(others, 0)


def _same(one: str, other: str) -> bool:
    a, b = stems(one), stems(other)
    if len(a & b) < SAME * len(a | b):
        return False
    return not any(any(map(str.isdigit, word)) for word in a ^ b)


def neighbours(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Chunks that stand side by side in one document become one passage, in the place of the better one."""
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        for group in groups:
            if _joins(candidate.chunk, group):
                group.append(candidate)
                group.sort(key=lambda member: member.chunk.ordinal)
                break
        else:
            groups.append([candidate])
    return groups


def _joins(chunk: ChunkRecord, group: Sequence[Candidate]) -> bool:
    first, last = group[0].chunk, group[-1].chunk
    length = max(chunk.end, last.end) - min(chunk.start, first.start)
    beside = chunk.ordinal in (first.ordinal - 1, last.ordinal + 1)
    return chunk.document_id == first.document_id and beside and length <= MERGED_CHARACTERS
