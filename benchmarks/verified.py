"""Verified answers: are they served to questions that ask the same, and to no others?

Pairs that ask the same: some written for this project (benchmarks/verified_pairs.toml), CANARD's rewritings in another
dress, and questions of SQuAD about one paragraph with the same answer, of which many ask something else all the same.
Pairs that do not: near misses of the first file, questions of SQuAD about one paragraph with different answers (those
that cannot be answered were made from others by a word or two), and CANARD's questions of one conversation.

The limit on closeness was chosen on one half, by a hash of the pair's text (SQuAD: of the paragraph, CANARD: of the
topic); the tables show the other. The rules about words were written with SQuAD's pairs in sight, both halves of them,
and with none of CANARD's or the file's.
"""

import time
import tomllib
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from benchmarks import conversations, data, houses
from benchmarks.data import ROOT, Asked
from benchmarks.measuring import Cell, Report, Table, counted
from rag.intervals import wilson
from rag.review.forms import formed
from rag.review.sameness import NEAR, comparable, equal

NAME, NEEDS = "verified", ("squad_dev", "conv_rewrite.jsonl")
QUICK = 4000  # pairs of each source
LIMITS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two questions, and whether they ask the same."""

    one: str
    other: str
    source: str
    same: bool
    group: str  # what decides which half it is in

    @property
    def first_half(self) -> bool:
        return zlib.crc32(self.group.encode()) % 2 == 0


@dataclass(frozen=True, slots=True)
class Tried:
    """What was made of a pair; `closeness` only where nothing but it can decide."""

    pair: Pair
    equal: bool
    closeness: float | None

    def served(self, limit: float) -> bool:
        return self.equal or (self.closeness is not None and self.closeness >= limit)


def run(*, quick: bool) -> Report:
    vectors = houses.KeptVectors()
    pairs = [pair for source in (_written(), _canard(), _squad()) for pair in _some(source, quick=quick)]
    began = time.perf_counter()
    tried = [_try(pair, vectors) for pair in pairs]
    each = 1e6 * (time.perf_counter() - began) / len(pairs)
    chosen = [one for one in tried if one.pair.first_half]
    shown = [one for one in tried if not one.pair.first_half]
    tables = [_by_source(shown), _by_limit("The half it was chosen on", chosen), _by_limit("The other half", shown)]
    wrong = [one.pair for one in shown if not one.pair.same and one.served(NEAR)]
    notes = [
        f"{len(chosen):,} pairs to choose on, {len(shown):,} to report on. A pair costs {each:,.0f} µs to compare.",
        *(f"Served wrongly: “{pair.one}” for “{pair.other}”" for pair in wrong[:10]),
    ]
    apart = [one for one in shown if not one.pair.same]
    return Report(NAME, tables, notes, {"served_wrongly": len(wrong) / len(apart)})


def _try(pair: Pair, vectors: houses.KeptVectors) -> Tried:
    one, other = formed(pair.one), formed(pair.other)
    if one is None or other is None:
        return Tried(pair, equal=False, closeness=None)
    if equal(one, other) or not comparable(one, other):
        return Tried(pair, equal(one, other), None)
    left, right = vectors.passages([pair.one, pair.other])
    return Tried(pair, equal=False, closeness=sum(a * b for a, b in zip(left, right, strict=True)))


def _by_source(tried: Sequence[Tried]) -> Table:
    rows: list[list[Cell]] = []
    for same, source in dict.fromkeys((one.pair.same, one.pair.source) for one in tried):
        own = [one for one in tried if (one.pair.same, one.pair.source) == (same, source)]
        words = sum(one.equal for one in own)
        served = sum(one.served(NEAR) for one in own)
        asks = "asks the same" if same else "asks something else"
        rows.append([source, asks, len(own), words, served, counted(served, len(own))])
    columns = ["Pairs", "The other question", "Count", "Served by words", "Served", "Share served"]
    return Table(f"Served to the other question, at {NEAR}", columns, rows)


def _by_limit(title: str, tried: Sequence[Tried]) -> Table:
    """Recall counts the pairs written for this project: SQuAD's many that ask something else would hide it."""
    rows: list[list[Cell]] = []
    for limit in LIMITS:
        written = [one for one in tried if one.pair.same and one.pair.source == WRITTEN]
        apart = [one for one in tried if not one.pair.same]
        right = sum(one.served(limit) for one in written)
        wrong = sum(one.served(limit) for one in apart)
        most = f"{1e4 * wilson(wrong, len(apart))[1]:.1f}"
        rows.append([f"{limit:.2f}", counted(right, len(written)), wrong, len(apart), most])
    columns = ["Closeness at least", "Recall on written pairs", "Served wrongly", "of", "At most, of 10,000"]
    return Table(title, columns, rows)


WRITTEN = "written for this project"


def _written() -> list[Pair]:
    told = tomllib.loads((ROOT / "benchmarks" / "verified_pairs.toml").read_text(encoding="utf-8"))
    return [
        Pair(one, other, WRITTEN, kind == "same", one + other)
        for kind in ("same", "apart")
        for one, other in told[kind]
    ]


def _canard() -> list[Pair]:
    """A person's rewriting in another dress asks the same; another question of the conversation does not."""
    by_topic: dict[str, list[str]] = defaultdict(list)
    for one in conversations.canard():
        by_topic[one.topic].append(one.by_person)
    found = []
    for topic, asked in by_topic.items():
        for question in asked:
            dressed = f"Could you tell me {question[0].lower()}{question[1:].rstrip('?')}, please?"
            found.append(Pair(question, dressed, "CANARD, in another dress", same=True, group=topic))
        for one, other in combinations(dict.fromkeys(asked), 2):
            found.append(Pair(one, other, "CANARD, one conversation", same=False, group=topic))
    return found


def _squad() -> list[Pair]:
    by_paragraph: dict[str, list[Asked]] = defaultdict(list)
    for one in data.squad().questions:
        by_paragraph[one.paragraph_id].append(one)
    found = []
    for paragraph, asked in by_paragraph.items():
        for one, other in combinations(asked, 2):
            if one.text.strip().casefold() == other.text.strip().casefold() or not (one.answerable or other.answerable):
                continue
            same = not _answers(one).isdisjoint(_answers(other))
            source = "SQuAD, the same answer" if same else "SQuAD, one paragraph"
            found.append(Pair(one.text, other.text, source, same, paragraph))
    return found


def _answers(asked: Asked) -> frozenset[str]:
    return frozenset(answer.casefold().strip(" .") for answer in asked.answers)


def _some(pairs: Sequence[Pair], *, quick: bool) -> Iterable[Pair]:
    return sorted(pairs, key=lambda pair: zlib.crc32(pair.one.encode()))[:QUICK] if quick else pairs
