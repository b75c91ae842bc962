"""Answers that people judged beside their texts, and MTRAG's reference answers beside the passages they rest on."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from benchmarks import data
from guards.support.features import Features, features
from guards.support.pieces import Piece, pieces
from guards.support.sources import Sources
from guards.support.words import stems
from rag.ingest.sentences import sentences

ORIGINS = {"HaluEval": "HaluEval", "BEGIN": "BEGIN", "wice": "WiCE", "summedits": "SummEdits"}
OWN, OTHERS = "its own", "another talk's"


@dataclass(frozen=True)
class Judged:
    """An answer beside its text, and whether people found it supported."""

    origin: str
    context: str
    question: str
    answer: str
    supported: bool

    @cached_property
    def group(self) -> str:
        return hashlib.sha256(self.context.encode()).hexdigest()

    @property
    def first_half(self) -> bool:
        return int(self.group[:2], 16) % 2 == 0

    @cached_property
    def sources(self) -> Sources:
        return Sources((self.context,), self.question, sentences, "en")

    @cached_property
    def claims(self) -> list[Piece]:
        """Its sentences that claim something."""
        return [piece for piece in pieces(self.answer, sentences) if piece.claims]

    def features(self) -> list[Features]:
        return [features(piece.words, self.sources) for piece in self.claims]

    def overlap(self) -> float:
        """The share of its words that stand in the text: what any rating has to beat."""
        held = set(stems(self.answer, "en"))
        return len(held & self.sources.places.keys()) / len(held) if held else 1.0


def judged(size: int | None) -> list[Judged]:
    found: dict[str, list[Judged]] = {origin: [] for origin in ORIGINS.values()}
    for row in data.rows(data.FOLDER / "groundedness.jsonl"):
        origin = next(name for part, name in ORIGINS.items() if part in row["source"])
        said = row["label"] == "supported"
        one = Judged(origin, row["context"], row["question"] or "", row["answer"], said)
        if row["label"] != "generic" and one.claims:
            found[origin].append(one)
    return [one for some in found.values() for one in some[:size]]


def talks(size: int | None) -> Iterator[tuple[str, str, Judged]]:
    """MTRAG's answers with the name of their talk, once beside their own passages (OWN) and once beside those of
    another talk about the same things (OTHERS)."""
    known = {row["id"]: row["text"] for row in data.rows(data.FOLDER / "mtrag" / "corpus.jsonl")}
    asked = [row for row in data.rows(data.FOLDER / "mtrag" / "queries.jsonl") if row["answerability"] == "ANSWERABLE"]
    for row in asked[:size]:
        talk = row["id"].split("<")[0]
        others = [other for other in asked if other["domain"] == row["domain"] and not other["id"].startswith(talk)]
        other = others[int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % len(others)]
        for whose, taken in ((OWN, row), (OTHERS, other)):
            context = "\n\n".join(known[passage] for passage in taken["qrels"])
            yield talk, whose, Judged("MTRAG", context, row["last_turn"], row["target"], whose == OWN)
