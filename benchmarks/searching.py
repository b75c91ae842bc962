"""The two arms of the search taken apart, so that each and any way to join them can be measured on the same hits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from benchmarks.houses import KeptVectors
from rag.house import House
from rag.retrieval.fusion import Scored, fuse
from rag.retrieval.matching import Match, match, wanted
from rag.retrieval.terms import terms
from rag.retrieval.vectors import Near
from store import chunks, lexical
from store.lexical import Hit
from store.records import ChunkRecord


@dataclass(frozen=True, slots=True)
class Searched:
    """What both arms found for a question, and how it stands in each chunk."""

    hits: Sequence[Hit]
    nears: Sequence[Near]
    matches: dict[int, Match]

    def only(self, keep: Callable[[int], bool]) -> "Searched":
        """As if the other chunks were not in the library."""
        hits, nears = [h for h in self.hits if keep(h.chunk_id)], [n for n in self.nears if keep(n.chunk_id)]
        return replace(self, hits=hits, nears=nears)

    def by_words(self) -> "Searched":
        """As if there were no vectors."""
        return replace(self, nears=())

    def ranked(self) -> list[Scored]:
        """As the product ranks them."""
        return fuse(self.hits, self.nears, self.matches)

    def cosine(self, scored: Scored) -> float | None:
        """A chunk's cosine as the product takes it: what search by meaning did not name is as far as its farthest."""
        farthest = min((near.cosine for near in self.nears), default=None)
        return farthest if scored.vector is None else scored.vector


class Arms:
    """Searches a house as rag/retrieval/search.py does, but stops before the fusion."""

    def __init__(self, house: House) -> None:
        meaning = house.warmup.meaning()
        if meaning is None:
            raise RuntimeError("The vector index could not be opened; the log above says why.")
        self._house, self._meaning = house, meaning
        with house.database.read() as session:
            ids = range(1, 1 + chunks.embedded_count(session))
            self.chunks: dict[int, ChunkRecord] = {}
            for start in range(0, len(ids), 500):
                self.chunks |= chunks.get(session, ids[start : start + 500])

    def prepare(self, questions: Sequence[str]) -> None:
        """Embeds the questions together, which is many times faster than one by one."""
        if isinstance(self._meaning.embedder, KeptVectors):
            self._meaning.embedder.prepare(questions)

    def search(self, question: str) -> Searched:
        words, limit = terms(question), self._house.settings.retrieval.candidates
        nears = self._meaning.index.search(self._meaning.embedder.query(question), limit)
        with self._house.database.read() as session:
            hits = lexical.search(session, words, limit)
            total, frequencies = lexical.frequencies(session, words)
        query = wanted(question, frequencies, total)
        found = {found.chunk_id: self.chunks[found.chunk_id] for found in (*hits, *nears)}
        matches = {i: match(query, f"{chunk.title} {chunk.section}", chunk.text) for i, chunk in found.items()}
        return Searched(hits, nears, matches)
