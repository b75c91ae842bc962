"""Chunking: how much of what answers a question is in the chunks that are found, and how much else.

The corpora and questions of chunking_evaluation (MIT), with recall, precision and IoU of characters as its report
defines them (Smith and Troynikov, "Evaluating Chunking Strategies for Retrieval", 2024): of the five best chunks. As
larger chunks find more with as many, recall is also shown within an equal number of characters. The chunks are found
by our search, whoever cut them; the arms of the search are compared on ours. Sizes were chosen on every other question
and are reported on the rest.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks import houses
from benchmarks.data import FOLDER, rows
from benchmarks.measuring import Cell, Report, Table, mean_with_interval
from benchmarks.searching import Arms, Searched
from rag.house import House
from rag.ingest.content import Extracted
from rag.ingest.plain import read
from rag.ingest.split import split
from store import documents
from store.documents import NewChunk, NewDocument

NAME, NEEDS = "chunking", ("chunking_eval",)
QUICK, BEST = 40, 5
BUDGETS = (3000, 6000)
CORPORA = ("chatlogs", "state_of_the_union", "wikitexts")
SIZES = ((500, 800), (700, 1100), (800, 1200), (900, 1300), (1000, 1500))
NOW = (800, 1200)
RECURSIVE = ((400, 0), (800, 0), (1000, 0), (1000, 200))
Cut = Callable[[Extracted], Iterator[NewChunk]]


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    corpus: str
    wanted: frozenset[int]  # characters of the corpus' text


@dataclass(frozen=True, slots=True)
class Found:
    asked: Asked
    searched: Searched
    chunks: Mapping[int, tuple[str, int, int]]  # corpus and span by chunk id

    def scores(self, chunk_ids: Sequence[int], budget: int | None = None) -> tuple[float, float, float]:
        """Recall, precision and IoU of the first chunks: BEST of them, or as many as fit into the budget."""
        held: set[int] = set()
        length = 0
        for rank, chunk_id in enumerate(chunk_ids):
            corpus, start, end = self.chunks[chunk_id]
            if rank == BEST if budget is None else rank and length + end - start > budget:
                break
            length += end - start
            held |= set(range(start, end)) if corpus == self.asked.corpus else set()
        hit, wanted = len(held & self.asked.wanted), len(self.asked.wanted)
        return hit / wanted, hit / max(1, length), hit / (length + wanted - hit)


def run(*, quick: bool) -> Report:
    texts = {name: (FOLDER / "chunking_eval" / "corpora" / f"{name}.md").read_bytes() for name in CORPORA}
    extracted = {name: read(data, f"{name}.txt") for name, data in texts.items()}
    asked = _questions(texts, extracted)[: QUICK if quick else None]
    cuts: dict[str, Cut] = {f"ours, {t} to {m}{' (now)' * ((t, m) == NOW)}": ours(t, m) for t, m in SIZES}
    cuts |= {
        f"RecursiveCharacterTextSplitter, {size} and {overlap}": recursive(size, overlap) for size, overlap in RECURSIVE
    }
    halves: tuple[list[list[Cell]], list[list[Cell]]] = [], []
    arms: list[Table] = []
    for name, cut in cuts.items():
        with houses.opened(lambda house, cut=cut: _fill(house, extracted, cut)) as house:  # type: ignore[misc]
            found = _found(house, asked)
        for half, cells in enumerate(halves):
            cells.append([name, *_row(found[half::2])])
        if name.endswith("(now)"):
            arms.append(_arms(found))
    columns = [
        "Chunks",
        "Median characters",
        "Recall",
        "Precision",
        "IoU",
        *(f"Recall, {b:,} characters" for b in BUDGETS),
    ]
    tables = [
        Table("Second half of the questions", columns, halves[1]),
        Table("First half, on which the size was chosen", columns, halves[0]),
        *arms,
    ]
    notes = [f"{len(asked)} questions; recall, precision and IoU of the {BEST} best chunks. Intervals draw questions."]
    return Report(NAME, tables, notes)


def ours(target: int, maximum: int) -> Cut:
    def cut(extracted: Extracted) -> Iterator[NewChunk]:
        for chunk in split(extracted, target=target, maximum=maximum):
            yield NewChunk(chunk.ordinal, chunk.start, chunk.end, chunk.section, chunk.page)

    return cut


def recursive(size: int, overlap: int) -> Cut:
    def cut(extracted: Extracted) -> Iterator[NewChunk]:
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=size, chunk_overlap=overlap, add_start_index=True)
        for ordinal, piece in enumerate(splitter.create_documents([extracted.text])):
            start = piece.metadata["start_index"]
            yield NewChunk(ordinal, start, start + len(piece.page_content), "", None)

    return cut


def _questions(texts: Mapping[str, bytes], extracted: Mapping[str, Extracted]) -> list[Asked]:
    placed = {name: _places(data.decode(), extracted[name].text) for name, data in texts.items()}
    asked = []
    for row in rows(FOLDER / "chunking_eval" / "questions.jsonl"):
        spans = [range(one["start"], one["end"]) for one in row["references"]]
        corpus = row["corpus_id"]
        wanted = frozenset(placed[corpus][i] for span in spans for i in span if i in placed[corpus])
        asked.append(Asked(row["question"], corpus, wanted))
    return asked


def _places(raw: str, text: str) -> dict[int, int]:
    """Where the characters of a file stand in the text that was read from it; reading only drops some."""
    places, at = {}, 0
    for place, character in enumerate(text):
        if not character.isspace():
            at = raw.index(character, at)
            places[at] = place
            at += 1
    return places


def _fill(house: House, extracted: Mapping[str, Extracted], cut: Cut) -> None:
    with house.database.write() as session:
        for name, read in extracted.items():
            key = hashlib.sha256(json.dumps([name, read.text]).encode()).hexdigest()
            chunks = tuple(cut(read))
            documents.add(session, NewDocument(name, read.title, key, len(read.text), None, read.text, chunks))


def _found(house: House, asked: Sequence[Asked]) -> list[Found]:
    arms = Arms(house)
    arms.prepare([one.text for one in asked])
    chunks = {i: (chunk.title, chunk.start, chunk.end) for i, chunk in arms.chunks.items()}
    return [Found(one, arms.search(one.text), chunks) for one in asked]


def _row(found: Sequence[Found]) -> list[Cell]:
    orders = [[scored.chunk_id for scored in one.searched.ranked()] for one in found]
    scores = [one.scores(order) for one, order in zip(found, orders, strict=True)]
    cells: list[Cell] = [int(np.median([end - start for _, start, end in found[0].chunks.values()]))]
    cells += [mean_with_interval([score[which] for score in scores], range(len(scores))) for which in range(3)]
    for budget in BUDGETS:
        recalls = [one.scores(order, budget)[0] for one, order in zip(found, orders, strict=True)]
        cells.append(mean_with_interval(recalls, range(len(recalls))))
    return cells


def _arms(found: Sequence[Found]) -> Table:
    ways: dict[str, Callable[[Searched], list[int]]] = {
        "words alone (bm25)": lambda searched: [hit.chunk_id for hit in searched.hits],
        "meaning alone (cosine)": lambda searched: [near.chunk_id for near in searched.nears],
        "**our fusion**": lambda searched: [scored.chunk_id for scored in searched.ranked()],
    }
    cells: list[list[Cell]] = []
    for name, ranked in ways.items():
        recalls = [one.scores(ranked(one.searched))[0] for one in found]
        cells.append([name, mean_with_interval(recalls, range(len(recalls)))])
    return Table("All questions, our chunks", ["Ranked by", "Recall of the five best"], cells)
