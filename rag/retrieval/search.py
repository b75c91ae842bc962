"""From a query to the passages a writer sees: two searches, one ranking, neighbours merged, cut to size."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from rag.problems import Kind
from rag.retrieval.embedding import Embedder
from rag.retrieval.fusion import fuse
from rag.retrieval.matching import Wanted, match, wanted
from rag.retrieval.relevance import ANSWERABLE, relevance
from rag.retrieval.reranking import Reranker, RerankerMissing
from rag.retrieval.scope import within
from rag.retrieval.selection import Candidate, neighbours, select
from rag.retrieval.terms import is_small_talk, terms
from rag.retrieval.vectors import Damaged, Near, VectorIndex
from rag.settings import Retrieval as Limits
from rag.types import Passage, Place, Retrieval
from store import chunks, lexical, quarantine, texts
from store.engine import Database
from store.lexical import Hit
from store.records import ChunkRecord, FindingRecord

FLOOR = 0.02  # of relevance; below it a passage is not even shown as near
RERANKED = 20  # chunks a re-ranker reads
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
class Found:
    """What both searches give for a query, each in its own order, and the candidates in their common one."""

    words: Sequence[str]
    hits: Sequence[Hit]
    nears: Sequence[Near]
    candidates: Sequence[Candidate]
    total: int  # chunks in the library
    lesser: Kind | None  # why it went by words alone


class Retriever:
    """Finds passages. Safe to call from many threads."""

    def __init__(
        self, database: Database, source: MeaningSource, limits: Limits, reranker: Reranker | None = None
    ) -> None:
        self._database = database
        self._source = source
        self._limits = limits
        self._reranker = reranker

    def search(self, query: str, tags: Sequence[str] = ()) -> Retrieval:
        """The passages for a query, the best first; with tags, of documents that bear one. Raises Unavailable."""
        found = self.find(query, tags)
        candidates, enough = self._reranked(query, found.candidates)
        passages = self._passages(candidates)
        return Retrieval(
            passages=passages,
            terms=tuple(found.words),
            relevant=any(passage.relevance >= enough for passage in passages),
            lesser=found.lesser,
            library_empty=found.total == 0,
            suspects=self._suspects(passages),
        )

    def find(self, query: str, tags: Sequence[str] = ()) -> Found:
        """What both searches give for a query, and their common order. Raises store.engine.Unavailable."""
        words = [] if is_small_talk(query) else terms(query)
        nears, lesser = self._near(query, tags) if words else ([], None)
        with self._database.read() as session:
            allowed = partial(chunks.may_answer, session, tags=tags)
            total, frequencies = counted = lexical.frequencies(session, words)
            hits = within(partial(lexical.search, session, words, counted=counted), self._limits.candidates, allowed)
            known = chunks.get(session, {hit.chunk_id for hit in hits} | {near.chunk_id for near in nears})
        candidates = rank(wanted(query, frequencies, total), hits, nears, known)
        return Found(words, hits, nears, candidates, total, lesser)

    def _near(self, query: str, tags: Sequence[str]) -> tuple[list[Near], Kind | None]:
        meaning = self._source.meaning()
        if meaning is None:
            return [], self._source.why_no_meaning()
        try:
            search = partial(meaning.index.search, meaning.embedder.query(query))
            with self._database.read() as session:
                allowed = partial(chunks.may_answer, session, tags=tags)
                return within(search, self._limits.candidates, allowed), None
        except Damaged:
            log.exception("The vector index does not answer; searching by words alone")
            self._source.report_damage(meaning)
            return [], "vectors_damaged"

    def _reranked(self, query: str, found: Sequence[Candidate]) -> tuple[Sequence[Candidate], float]:
        """The candidates a re-ranker lets through, or all when there is none; and which relevance is enough."""
        if self._reranker is None or not found:
            return found, ANSWERABLE
        read = found[:RERANKED]
        try:
            scores = self._reranker.scores(query, [f"{c.chunk.section}\n{c.chunk.text}" for c in read])
        except RerankerMissing:
            log.exception("Passages stay in the order of the search")
            return found, ANSWERABLE
        line = self._limits.reranker_threshold
        kept = [replace(c, score=s, relevance=s) for c, s in zip(read, scores, strict=True) if s >= line]
        return sorted(kept, key=lambda candidate: -candidate.score), line

    def _passages(self, candidates: Sequence[Candidate]) -> tuple[Passage, ...]:
        passages: list[Passage] = []
        room = self._limits.characters
        worth = [candidate for candidate in candidates if candidate.relevance >= FLOOR]
        for group in neighbours(select(worth, self._limits.passages)):
            length = group[-1].chunk.end - group[0].chunk.start
            if length > room and passages:
                break
            passages.append(self._passage(len(passages) + 1, group))
            room -= length
        return tuple(passages)

    def _passage(self, number: int, group: Sequence[Candidate]) -> Passage:
        lead = max(group, key=lambda candidate: candidate.score)
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

    def _suspects(self, passages: Sequence[Passage]) -> tuple[FindingRecord, ...]:
        """What guards found in these passages when they came in: marked then, or released since."""
        with self._database.read() as session:
            found = quarantine.of_chunks(session, {number for passage in passages for number in passage.chunk_ids})
        return tuple(one for each in found.values() for one in each)

    def _slice(self, document_id: int, start: int, end: int) -> str:
        with self._database.read() as session:
            return texts.span(session, document_id, start, end)


def rank(
    query: Wanted, hits: Sequence[Hit], nears: Sequence[Near], known: Mapping[int, ChunkRecord]
) -> list[Candidate]:
    """The chunks of both searches, the best first; those that are gone since they were indexed fall out."""
    matches = {i: match(query, f"{chunk.title} {chunk.section}", chunk.text) for i, chunk in known.items()}
    # What search by meaning did not name is at least as far as the farthest it named, if it has a vector at all.
    farthest = min((near.cosine for near in nears), default=None)
    waiting = {i for i, chunk in known.items() if not chunk.embedded}
    cosines = {i: None if i in waiting else farthest for i in known} | {near.chunk_id: near.cosine for near in nears}
    return [
        Candidate(known[i], scored, scored.score, relevance(scored.match, cosines[i]))
        for scored in fuse(hits, nears, matches, waiting)
        for i in (scored.chunk_id,)
    ]
