"""The writer that needs no key and no network: it quotes the sentences that answer best.

It is the default without a model and the last link of every chain. A sentence is rated by the query's words in it
(rare ones count more), by those in its heading and in the sentence before it ("He was …"), by its closeness in
meaning to the query when vectors are warm, by how likely its passage answers at all, and by whether it holds the kind
of thing that was asked for (a number, a date, a name).
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from guards.schema import Citation, Draft
from rag.ingest.sentences import sentences
from rag.retrieval.embedding import Embedder
from rag.retrieval.terms import stem, stems, terms
from rag.types import Passage

NAME = "extractive"
SENTENCES = 3
EMBEDDED = 8  # sentences compared by meaning: about 20 ms each
ALSO_WORTH = 0.78  # of the best sentence's rating
FEW_WORDS = 6  # a sentence that short answers little
SAME = 88  # of 100: two sentences that say the same
HEADING_SHARE = 0.5
BEFORE_SHARE = 0.25
RELEVANCE_SHARE = 0.3
MEANING_SHARE = 1.0
KIND_SHARE = 0.12

_ASKS_NUMBER = re.compile(
    r"\b(?:how (?:much|many|long|often|far|old|big|fast|high|late|early)|what (?:price|rate|percentage|number)"
    r"|costs?|price)\b"
)
_ASKS_TIME = re.compile(r"\b(?:when|what (?:date|day|time|year)|how long|how late|until|deadline)\b")
_ASKS_NAME = re.compile(r"\b(?:who|whom|whose)\b")
_NUMBER = re.compile(r"\d")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
_TIME = re.compile(
    r"\d{4}|\d{1,2}[:.]\d{2}|\b(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december|(?:mon|tues|wednes|thurs|fri|satur|sun)day|days?|weeks?|months?|years?|hours?|minutes?)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?<!^)\b[A-Z][a-z]+ [A-Z][a-z]+|@")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, and how well it answers."""

    passage: Passage
    start: int  # span in characters of the passage's text
    end: int
    rating: float

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


def choose(query: str, passages: Sequence[Passage], embedder: Embedder | None = None) -> list[Sentence]:
    """The sentences that answer best, at most three, the best first; none when there are no passages."""
    rated = _by_words(query, passages)
    if embedder is not None:
        rated = _by_meaning(query, rated, embedder)
    chosen: list[Sentence] = []
    for sentence in rated:
        if chosen and (len(chosen) == SENTENCES or sentence.rating < ALSO_WORTH * chosen[0].rating):
            break
        if not any(_same(sentence.text, other.text) for other in chosen):
            chosen.append(sentence)
    return chosen


def draft(chosen: Sequence[Sentence]) -> Draft:
    """The chosen sentences as an answer of the common schema: the best one first, the rest in their passages' order."""
    ordered = [*chosen[:1], *sorted(chosen[1:], key=lambda s: (_first(chosen, s.passage), s.start))]
    return Draft(
        answer="\n\n".join(f"{' '.join(s.text.split())} [{s.passage.number}]" for s in ordered),
        citations=[Citation(passage=s.passage.number, quote=s.text) for s in ordered],
        answerable=bool(ordered),
        follow_ups=[],
    )


def pieces(text: str) -> Iterator[str]:
    """A finished text in the portions in which it is streamed."""
    yield from re.findall(r"\s*\S+\s*(?:\S+\s*){0,4}", text)


def _by_words(query: str, passages: Sequence[Passage]) -> list[Sentence]:
    spans = [
        (passage, start, end)
        for passage in passages
        for start, end in sentences(passage.text)
        if not _is_heading(passage, start, end)
    ]
    if not spans:
        return []
    held = [stems(passage.text[start:end]) for passage, start, end in spans]
    weights = _weights({stem(term) for term in terms(query)}, held)
    rated = []
    for place, (passage, start, end) in enumerate(spans):
        text = passage.text[start:end]
        heading = stems(f"{passage.document} {passage.place(passage.start + start).section}")
        before = held[place - 1] if place and spans[place - 1][0] is passage else frozenset()
        rating = _shared(weights, held[place], heading, before) + _kind_bonus(query, text)
        rating = (rating + RELEVANCE_SHARE * passage.relevance) * _completeness(text)
        rated.append(Sentence(passage, start, end, rating))
    return sorted(rated, key=lambda sentence: -sentence.rating)


def _shared(
    weights: Mapping[str, float], words: frozenset[str], heading: frozenset[str], before: frozenset[str]
) -> float:
    """The share of the query that stands in a sentence; what stands above or before it counts in part."""
    counted = 0.0
    for term, weight in weights.items():
        if term in words:
            counted += weight
        elif term in heading:
            counted += HEADING_SHARE * weight
        elif term in before:
            counted += BEFORE_SHARE * weight
    return counted / (sum(weights.values()) or 1.0)


def _by_meaning(query: str, rated: Sequence[Sentence], embedder: Embedder) -> list[Sentence]:
    best = rated[:EMBEDDED]
    asked, *said = embedder.passages([query, *(f"{s.passage.section}: {s.text}" for s in best)])
    closer = [
        Sentence(s.passage, s.start, s.end, s.rating + MEANING_SHARE * _cosine(asked, vector))
        for s, vector in zip(best, said, strict=True)
    ]
    return sorted(closer, key=lambda sentence: -sentence.rating)


def _is_heading(passage: Passage, start: int, end: int) -> bool:
    """Headings stand in the text too; as answers they only repeat the question."""
    line = " ".join(passage.text[start:end].split())
    path = passage.place(passage.start + start).section.split(" › ")
    return line == passage.document or line in path


def _weights(query: set[str], held: Sequence[frozenset[str]]) -> dict[str, float]:
    """The query's stems, weighted by how rare they are among these sentences."""
    among = Counter(term for words in held for term in words & query)
    return {term: math.log(1 + len(held) / (1 + among[term])) for term in query}


def _kind_bonus(query: str, text: str) -> float:
    asked = query.casefold()
    wanted = (
        (_ASKS_NUMBER.search(asked), _NUMBER.search(text)),
        (_ASKS_TIME.search(asked), _TIME.search(text)),
        (_ASKS_NAME.search(asked), _PERSON.search(text)),
    )
    return KIND_SHARE * sum(1 for asks, holds in wanted if asks and holds)


def _same(one: str, other: str) -> bool:
    """Whether two sentences say the same; with other numbers they do not, however alike they are."""
    numbers = Counter(_NUMBERS.findall(one)) == Counter(_NUMBERS.findall(other))
    return numbers and fuzz.token_sort_ratio(one, other) >= SAME


def _completeness(text: str) -> float:
    """Questions answer less well than sentences, and so do lines without an end; table rows in PDFs have none."""
    if text.endswith("?"):
        return 0.5
    if len(text.split()) < FEW_WORDS:
        return 0.75
    return 1.0 if text.endswith((".", "!", "。", "…", '"', "”", ")")) or ": " in text else 0.85


def _first(chosen: Sequence[Sentence], passage: Passage) -> int:
    return min(i for i, sentence in enumerate(chosen) if sentence.passage.number == passage.number)


def _cosine(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))
