"""The two arms of the search taken apart, so that each and any way to join them can be measured on the same hits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.data import Paragraph
from benchmarks.houses import KeptVectors
from rag.bootstrap import House
from rag.retrieval.fusion import coverage
from rag.retrieval.terms import stems, terms
from rag.retrieval.vectors import Near
from store import chunks, lexical
from store.lexical import Hit


@dataclass(frozen=True, slots=True)
class Searched:
    """What both arms found for a question, and how much of it each chunk covers."""

    hits: Sequence[Hit]
    nears: Sequence[Near]
    covered: dict[int, float]  # chunk id → coverage
    by_words: float  # the best coverage among the hits of the lexical arm alone


class Arms:
    """Searches a house as rag/retrieval/search.py does, but stops before the fusion."""

    def __init__(self, house: House) -> None:
        meaning = house.warmup.meaning()
        if meaning is None:
            raise RuntimeError("The vector index could not be opened; the log above says why.")
        self._house, self._meaning = house, meaning
        with house.database.read() as session:
            ids = range(1, 1 + chunks.embedded_count(session))
            self._texts = {
                chunk.id: (chunk.text, stems(f"{chunk.title} {chunk.section} {chunk.text}"))
                for start in range(0, len(ids), 500)
                for chunk in chunks.get(session, ids[start : start + 500]).values()
            }

    def prepare(self, questions: Sequence[str]) -> None:
        """Embeds the questions together, which is many times faster than one by one."""
        if isinstance(self._meaning.embedder, KeptVectors):
            self._meaning.embedder.prepare(questions)

    def paragraph_of(self, paragraphs: Sequence[Paragraph]) -> dict[int, str]:
        """The paragraph each chunk is made of."""
        by_text = {paragraph.text: paragraph.id for paragraph in paragraphs}
        return {chunk_id: by_text[text] for chunk_id, (text, _) in self._texts.items()}

    def search(self, question: str) -> Searched:
        wanted, limit = terms(question), self._house.settings.retrieval.candidates
        nears = self._meaning.index.search(self._meaning.embedder.query(question), limit)
        with self._house.database.read() as session:
            hits = lexical.search(session, wanted, limit)
            total, frequencies = lexical.frequencies(session, wanted)
        weights = {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in frequencies.items()}
        found = dict.fromkeys([*(hit.chunk_id for hit in hits), *(near.chunk_id for near in nears)])
        covered = {chunk_id: coverage(weights, self._texts[chunk_id][1]) for chunk_id in found}
        return Searched(hits, nears, covered, max((covered[hit.chunk_id] for hit in hits), default=0.0))
