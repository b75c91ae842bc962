"""From a query to the passages a writer sees: two searches, one ranking, neighbours merged, cut to size."""

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.problems import Kind
from rag.retrieval.embedding import Embedder
from rag.retrieval.fusion import Scored, coverage, fuse, relevance
from rag.retrieval.terms import stems, terms
from rag.retrieval.vectors import Damaged, Near, VectorIndex
from rag.settings import Retrieval as Limits
from rag.types import Passage, Place, Retrieval
from store import chunks, lexical, texts
from store.engine import Database
from store.records import ChunkRecord

# Chosen on the first half of the questions in benchmarks/relevance.py and reported there on the second.
ANSWERABLE = 0.50
ANSWERABLE_BY_WORDS = 0.55
FLOOR = 0.20  # below this a passage is not even shown as near
MERGED_CHARACTERS = 2400
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What search by meaning needs, once it is warm."""

    embedder: Embedder
    index: VectorIndex


class MeaningSource(Protocol):
    """Gives the means to search by meaning, or None while they warm up or are out of order."""

    def meaning(self) -> Meaning | None: ...
    def why_no_meaning(self) -> Kind: ...
    def report_damage(self, broken: Meaning) -> None: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk with its scores."""

    chunk: ChunkRecord
    scored: Scored
    relevance: float


class Retriever:
    """Finds passages. Safe to call from many threads."""

    def __init__(self, database: Database, source: MeaningSource, limits: Limits) -> None:
        self._database = database
        self._source = source
        self._limits = limits

    def search(self, query: str) -> Retrieval:
        """The passages for a query, the best first. Raises store.engine.Unavailable."""
        wanted = terms(query)
        nears, lesser = self._near(query)
        with self._database.read() as session:
            hits = lexical.search(session, wanted, self._limits.candidates)
            total, frequencies = lexical.frequencies(session, wanted)
            found = fuse(hits, nears)
            known = chunks.get(session, [scored.chunk_id for scored in found])
        weights = {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in frequencies.items()}
        passages = self._passages(_rate(found, known, weights))
        best = max((passage.relevance for passage in passages), default=0.0)
        return Retrieval(
            passages=passages,
            terms=tuple(wanted),
            relevant=best >= (ANSWERABLE_BY_WORDS if lesser else ANSWERABLE),
            lesser=lesser,
            library_empty=total == 0,
        )

    def _near(self, query: str) -> tuple[list[Near], Kind | None]:
        meaning = self._source.meaning()
        if meaning is None:
            return [], self._source.why_no_meaning()
        try:
            return meaning.index.search(meaning.embedder.query(query), self._limits.candidates), None
        except Damaged:
            log.exception("The vector index does not answer; searching by words alone")
            self._source.report_damage(meaning)
            return [], "vectors_damaged"

    def _passages(self, candidates: Sequence[Candidate]) -> tuple[Passage, ...]:
        best = max((candidate.relevance for candidate in candidates), default=0.0)
        worth = [c for c in candidates if c.relevance >= max(FLOOR, best / 2)][: self._limits.passages]
        passages: list[Passage] = []
        room = self._limits.characters
        for group in _neighbours(worth):
            length = group[-1].chunk.end - group[0].chunk.start
            if length > room and passages:
                break
            passages.append(self._passage(len(passages) + 1, group))
            room -= length
        return tuple(passages)

    def _passage(self, number: int, group: Sequence[Candidate]) -> Passage:
        lead = max(group, key=lambda candidate: candidate.scored.score)
        first, last = group[0].chunk, group[-1].chunk
        return Passage(
            number=number,
            chunk_ids=tuple(candidate.chunk.id for candidate in group),
            document_id=first.document_id,
            document=first.title,
            places=tuple(Place(c.chunk.start, c.chunk.section, c.chunk.page) for c in group),
            start=first.start,
            end=last.end,
            text=first.text if first is last else self._slice(first.document_id, first.start, last.end),
            relevance=max(candidate.relevance for candidate in group),
            lexical=lead.scored.lexical,
            vector=lead.scored.vector,
            version=first.version,
        )

    def _slice(self, document_id: int, start: int, end: int) -> str:
        with self._database.read() as session:
            return texts.span(session, document_id, start, end)


def _rate(found: Sequence[Scored], known: Mapping[int, ChunkRecord], weights: Mapping[str, float]) -> list[Candidate]:
    """Candidates with what a person can read; chunks that are gone since they were indexed fall out."""
    rated = []
    # What search by meaning did not name is at least as far as the farthest it named.
    farthest = min((scored.vector for scored in found if scored.vector is not None), default=None)
    for scored in found:
        chunk = known.get(scored.chunk_id)
        if chunk is not None:
            covered = coverage(weights, stems(f"{chunk.title} {chunk.section} {chunk.text}"))
            cosine = farthest if scored.vector is None else scored.vector
            rated.append(Candidate(chunk, scored, relevance(covered, cosine)))
    return rated


def _neighbours(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
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
