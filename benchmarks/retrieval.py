"""Retrieval: do the right passages come first? Each arm alone, ways to join them, and a plain vector store.

SQuAD's development set: 2,067 paragraphs, one of which each question was written for. MTRAG: 1,488 passages, and the
latest questions of conversations, made to stand alone by our rules. The weights of the fusion are fitted on the first
half of SQuAD's articles; every table shows the second half, of SQuAD's articles or of MTRAG's conversations.
"""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks import conversations, data, houses
from benchmarks.data import Paragraph
from benchmarks.fitting import WEIGHTS, fitted
from benchmarks.measuring import SEED, Cell, Report, Table, constants, mean_with_interval
from benchmarks.plain_chroma import plain_retriever
from benchmarks.searching import Arms, Searched
from rag.house import House
from rag.retrieval import fusion
from rag.rewriting import by_rules

NAME, NEEDS = "retrieval", ("squad_dev", "mtrag")
QUICK, AS_PASSAGES = 200, 2000
Ranking = Callable[["Trial"], Sequence[str]]  # passage ids, the best first


@dataclass(frozen=True, slots=True)
class Trial:
    question: str
    group: str  # drawn together for intervals
    relevant: Mapping[str, float]
    searched: Searched
    passage_of: Mapping[int, str]  # by chunk

    @property
    def right_chunks(self) -> frozenset[int]:
        return frozenset(i for i in self.searched.matches if self.passage_of[i] in self.relevant)


@dataclass(frozen=True, slots=True)
class Set:
    name: str
    passages: Sequence[Paragraph]
    first: Sequence[Trial]
    second: Sequence[Trial]
    as_passages: Ranking


def recall(order: Sequence[str], relevant: Mapping[str, float], depth: int) -> float:
    return sum(one in relevant for one in order[:depth]) / len(relevant)


def reciprocal_rank(order: Sequence[str], relevant: Mapping[str, float]) -> float:
    return next((1 / rank for rank, one in enumerate(order[:10], start=1) if one in relevant), 0.0)


def ndcg(order: Sequence[str], relevant: Mapping[str, float]) -> float:
    """nDCG@10 (Järvelin and Kekäläinen, 2002)."""
    gained = [relevant.get(one, 0.0) for one in order[:10]]
    ideal = sorted(relevant.values(), reverse=True)[:10]
    return _discounted(gained) / _discounted(ideal)


METRICS: dict[str, Callable[[Sequence[str], Mapping[str, float]], float]] = {
    "recall@1": lambda order, relevant: recall(order, relevant, 1),
    "recall@5": lambda order, relevant: recall(order, relevant, 5),
    "MRR@10": reciprocal_rank,
    "nDCG@10": ndcg,
}


def run(*, quick: bool) -> Report:
    tables, figures = [], {}
    squad = data.squad()
    with houses.opened(houses.articles(squad.paragraphs)) as house:
        of_squad = _squad_set(house, squad, quick=quick)
        tables.append(_ways(of_squad, figures))
    mtrag = conversations.mtrag()
    with houses.opened(houses.loose(mtrag.passages)) as house:
        of_mtrag = _mtrag_set(house, mtrag)
        tables.append(_ways(of_mtrag, figures))
    tables += [fitted([(t.searched, t.right_chunks) for t in of_squad.first]), _parts([of_squad, of_mtrag])]
    notes = [
        f"{len(of_squad.first):,} questions of SQuAD to fit the weights, {len(of_squad.second):,} to report; "
        f"{len(of_mtrag.second):,} questions of MTRAG to report. Intervals draw whole articles (MTRAG: questions).",
        "“As a writer gets them”: at most six chunks after near-duplicates, the share of one document and the merging "
        f"of neighbours, and 9,000 characters (four or five of MTRAG's); on at most {AS_PASSAGES:,} of the questions.",
        "A paragraph is a chunk. SQuAD's article is a document, so that its title helps all of its paragraphs alike; "
        "a passage of MTRAG is a document without a title.",
    ]
    return Report(NAME, tables, notes, figures)


def rank_fusion(searched: Searched, k: int) -> list[int]:
    """Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)."""
    scores: dict[int, float] = {}
    for ranking in ([hit.chunk_id for hit in searched.hits], [near.chunk_id for near in searched.nears]):
        for rank, chunk_id in enumerate(ranking, start=1):
            scores[chunk_id] = scores.get(chunk_id, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda chunk_id: (-scores[chunk_id], chunk_id))


def fused(searched: Searched, **weights: float) -> list[int]:
    """The product's own fusion, with its own weights or others."""
    with constants(fusion, **weights):
        return [scored.chunk_id for scored in searched.ranked()]


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _squad_set(house: House, squad: data.Squad, *, quick: bool) -> Set:
    asked = [question for question in squad.questions if question.answerable and question.in_v1]
    asked = squad.sample(asked, QUICK if quick else len(asked))
    arms = Arms(house)
    arms.prepare([question.text for question in asked])
    by_text = {paragraph.text: paragraph.id for paragraph in squad.paragraphs}
    of_chunk = {chunk_id: by_text[chunk.text] for chunk_id, chunk in arms.chunks.items()}
    trials = [Trial(q.text, q.article, {q.paragraph_id: 1.0}, arms.search(q.text), of_chunk) for q in asked]
    halves = [[t for t in trials if (t.group in squad.first_half) == first] for first in (True, False)]
    random.Random(SEED).shuffle(halves[1])  # so that the first of them are of every article
    order = _passages_of(house, of_chunk, {trial.question for trial in halves[1][:AS_PASSAGES]})
    return Set("SQuAD", squad.paragraphs, *halves, order)


def _mtrag_set(house: House, mtrag: conversations.Mtrag) -> Set:
    arms = Arms(house)
    by_text = {passage.text: passage.id for passage in mtrag.passages}
    of_chunk = {chunk_id: by_text[chunk.text] for chunk_id, chunk in arms.chunks.items()}
    halves: tuple[list[Trial], list[Trial]] = [], []
    for place, latest in enumerate(mtrag.latest):
        if latest.relevant:
            query = by_rules(latest.question).text
            trial = Trial(query, str(place), latest.relevant, arms.search(query), of_chunk)
            halves[0 if latest.first_half else 1].append(trial)
    return Set("MTRAG", mtrag.passages, *halves, _passages_of(house, of_chunk, {t.question for t in halves[1]}))


def _passages_of(house: House, of_chunk: Mapping[int, str], questions: set[str]) -> Ranking:
    """What a writer gets: a passage of merged neighbours holds what one of them holds."""
    search = houses.retriever(house)
    kept = {
        question: [[of_chunk[i] for i in passage.chunk_ids] for passage in search.search(question).passages]
        for question in questions
    }
    return lambda trial: [
        next((one for one in held if one in trial.relevant), held[0]) for held in kept[trial.question]
    ]


def _ways(of: Set, figures: dict[str, float]) -> Table:
    plain = plain_retriever(of.passages)
    ways: list[tuple[str, Ranking]] = [
        ("LangChain's Chroma retriever", lambda trial: plain(trial.question)),
        ("words alone (bm25)", lambda t: _of(t, [hit.chunk_id for hit in t.searched.hits])),
        ("meaning alone (cosine)", lambda t: _of(t, [near.chunk_id for near in t.searched.nears])),
        ("rank fusion, k = 60", lambda t: _of(t, rank_fusion(t.searched, 60))),
        ("rank fusion, k = 10", lambda t: _of(t, rank_fusion(t.searched, 10))),
        (
            "bm25 and cosine, 0.6 to 0.4",
            lambda t: _of(t, fused(t.searched, LEXICAL=0.6, MEANING=0.4, PHRASE=0, WINDOW=0)),
        ),
        ("**our fusion**", lambda t: _of(t, fused(t.searched))),
        ("our fusion without vectors", lambda t: _of(t, fused(t.searched.by_words()))),
        ("our fusion, as a writer gets them", of.as_passages),
    ]
    rows: list[list[Cell]] = []
    for name, ranking in ways:
        trials = of.second[:AS_PASSAGES] if ranking is of.as_passages else of.second
        orders = [ranking(trial) for trial in trials]
        groups = [trial.group for trial in trials]
        found = {
            metric: [measure(order, trial.relevant) for order, trial in zip(orders, trials, strict=True)]
            for metric, measure in METRICS.items()
        }
        rows.append([name, *(mean_with_interval(values, groups) for values in found.values())])
        figures |= {f"{of.name}, {name}: {metric}": float(np.mean(values)) for metric, values in found.items()}
    return Table(f"{of.name}, second half", ["Ranked by", *METRICS], rows)


def _of(trial: Trial, chunk_ids: Sequence[int]) -> list[str]:
    return [trial.passage_of[chunk_id] for chunk_id in chunk_ids]


def _parts(sets: Sequence[Set]) -> Table:
    tried: list[tuple[str, dict[str, float]]] = [("all four", {})]
    tried += [(f"without {name.lower()}", {name: 0.0}) for name in WEIGHTS]
    rows: list[list[Cell]] = []
    for name, weights in tried:
        gains = [[ndcg(_of(t, fused(t.searched, **weights)), t.relevant) for t in of.second] for of in sets]
        rows.append([name, *(float(np.mean(values)) for values in gains)])
    return Table("What each part of the fusion is worth, nDCG@10", ["Ranked by", *(of.name for of in sets)], rows)
