"""Invented answers: sentences of the documents with their footnotes, some of them as wrong as models get them."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from rag.demo.library import Place, Shelf
from rag.demo.material import Fact, Material, Source
from rag.writing.writers import NOT_FOUND
from store.records import Support

Kind = Literal["good", "both", "stale", "loose", "astray", "missing", "gap", "refused", "failed", "stopped"]
BAD: frozenset[Kind] = frozenset({"stale", "loose", "astray", "missing", "gap", "failed"})
FIRST, SECOND = "demo@1", "demo@2"  # prompts: the second tells models to prefer the later document
LARGE, SMALL, EXTRACTIVE = "demo-large", "demo-small", "extractive"
WRITERS = {LARGE: 55, SMALL: 35, EXTRACTIVE: 10}
# How often an answer goes wrong in each way, by prompt; of `stale` and `both`, where an older document differs.
WRONG: dict[str, dict[Kind, float]] = {
    FIRST: {"stale": 0.30, "loose": 0.12, "astray": 0.07, "missing": 0.05, "both": 0.15},
    SECOND: {"stale": 0.11, "loose": 0.07, "astray": 0.06, "missing": 0.05, "both": 0.45},
}
CARE = {LARGE: 0.75, SMALL: 1.35, EXTRACTIVE: 1.1}  # by how much a writer is more often wrong
NO_WORD = "no passage says this"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer, and what it rests on."""

    text: str
    source: Place | None
    verdict: Support = "supported"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """An answer's text and what follows from it, as rows."""

    kind: Kind
    text: str
    support: tuple[dict[str, Any], ...] = ()
    citations: tuple[dict[str, Any], ...] = ()
    places: tuple[Place, ...] = ()
    conflicts: tuple[dict[str, Any], ...] = ()

    @property
    def supported(self) -> int:
        return sum(one["verdict"] == "supported" for one in self.support)


def drawn(random: Random, fact: Fact, prompt: str, writer: str) -> Kind:
    """How an answer to this turns out."""
    for kind, chance in WRONG[prompt].items():
        differs = kind in ("stale", "both")
        impossible = (differs and fact.old is None) or (kind == "loose" and writer == EXTRACTIVE)
        care = 1 if kind == "both" else CARE[writer]
        if not impossible and random.random() < chance * care:
            return kind
    return "good"


def written(random: Random, kind: Kind, fact: Fact, shelf: Shelf, material: Material) -> Written:
    """An answer of this kind to the question for a fact."""
    if kind in ("missing", "gap"):
        return Written(kind, NOT_FOUND, places=(_place(shelf, fact.now),))
    right = Sentence(fact.now.says, _place(shelf, fact.now))
    sentences = [right]
    if kind == "stale" and fact.old:
        sentences = [Sentence(fact.old.says, _place(shelf, fact.old))]
    elif kind == "both" and fact.old:
        sentences.append(Sentence(f"An older document differs: {_lower(fact.old.says)}", _place(shelf, fact.old)))
    elif kind == "astray":
        other = material.beside(fact)
        sentences = [Sentence(other.now.says, _place(shelf, other.now))]
    elif kind == "loose":
        verdict: Support = "unsupported" if random.random() < 0.7 else "weak"
        sentences.append(Sentence(random.choice(material.loose), None, verdict, NO_WORD))
    elif fact.more and random.random() < 0.45:
        sentences.append(Sentence(fact.more, shelf.place(fact.now.document, fact.more)))
    if kind == "stopped":
        return _cut(sentences, random)
    return _joined(kind, sentences, _conflicts(kind, fact, shelf, random))


def _joined(kind: Kind, sentences: Sequence[Sentence], conflicts: tuple[dict[str, Any], ...] = ()) -> Written:
    text, support, citations, places = "", [], [], list[Place]()
    numbers: dict[object, int] = {}
    for one in sentences:
        begin = len(text) + bool(text)
        text = f"{text} {one.text}" if text else one.text
        if one.source:
            passage = (one.source.title, one.source.chunk.id if one.source.chunk else one.source.quote)
            number = numbers.setdefault(passage, len(numbers) + 1)
            text += f" [{number}]"
            citations.append(one.source.citation(number))
            places.append(one.source)
        support.append({"start": begin, "end": len(text), "verdict": one.verdict, "why": one.why})
    return Written(kind, text, tuple(support), tuple(citations), tuple(places), conflicts)


def _cut(sentences: Sequence[Sentence], random: Random) -> Written:
    """What is left of an answer whose reader stopped it: no footnote was found yet."""
    text = sentences[0].text
    return Written("stopped", text[: random.randint(len(text) // 3, len(text) - 5)].rsplit(" ", 1)[0])


def _conflicts(kind: Kind, fact: Fact, shelf: Shelf, random: Random) -> tuple[dict[str, Any], ...]:
    """What the comparison of sources sees: always what is cited beside each other, else now and then."""
    if fact.old is None or not (kind == "both" or (kind == "stale" and random.random() < 0.5)):
        return ()
    now, old = _place(shelf, fact.now), _place(shelf, fact.old)
    first, second = (now, old) if kind == "both" else (old, now)
    words = "The sources of this answer differ" if kind == "both" else "A newer document says something else"
    return (
        {
            "kind": "number" if kind == "both" else "older",
            "first": 1,
            "second": 2 if kind == "both" else None,
            "first_words": first.quote,
            "second_words": second.quote,
            "document_id": first.document_id,
            "other_id": second.document_id,
            "why": f"{words}: {first.title} and {second.title}.",
        },
    )


def _place(shelf: Shelf, source: Source) -> Place:
    return shelf.place(source.document, source.quote)


def _lower(sentence: str) -> str:
    """To go on after a colon; names and codes keep their capitals."""
    return sentence[0].lower() + sentence[1:] if sentence.split(" ", 1)[0] in ("The", "You", "An", "Each") else sentence
