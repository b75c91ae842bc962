"""Retrieval: does the right paragraph come first? Each arm alone, our fusion and plain rank fusion, on the same hits.

SQuAD's development set: 2,067 paragraphs, one of which each question was written for. An arm gives 30 candidates.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks import data, houses
from benchmarks.data import Asked
from benchmarks.measuring import Cell, Report, Table, constants, mean_with_interval
from benchmarks.searching import Arms, Searched
from rag.retrieval import fusion

NAME, NEEDS = "retrieval", "squad_dev"
QUICK = 200
WEIGHTS = [round(0.1 * step, 1) for step in range(11)]
Ranking = Callable[[Searched], Sequence[int]]  # chunk ids, the best first


@dataclass(frozen=True, slots=True)
class Trial:
    asked: Asked
    searched: Searched


@dataclass(frozen=True, slots=True)
class Metric:
    name: str
    of_rank: Callable[[int | None], float]  # from 1; None: not among the candidates


METRICS = (
    Metric("recall@1", lambda rank: float(rank == 1)),
    Metric("recall@5", lambda rank: float(rank is not None and rank <= 5)),
    Metric("MRR@10", lambda rank: 1 / rank if rank is not None and rank <= 10 else 0.0),
    Metric("nDCG@10", lambda rank: 1 / math.log2(1 + rank) if rank is not None and rank <= 10 else 0.0),
)
NDCG = METRICS[-1]


def run(*, quick: bool) -> Report:
    squad = data.squad()
    asked = [question for question in squad.questions if question.answerable and question.in_v1]
    trials, paragraph_of = _searched(squad, squad.sample(asked, QUICK if quick else len(asked)))
    first = [trial for trial in trials if trial.asked.article in squad.first_half]
    second = [trial for trial in trials if trial.asked.article not in squad.first_half]
    swept = {weight: _mean_ndcg(first, weight, paragraph_of) for weight in WEIGHTS}
    chosen = max(swept, key=lambda weight: swept[weight])
    ways: list[tuple[str, Ranking]] = [
        ("words alone (bm25)", lambda found: [hit.chunk_id for hit in found.hits]),
        ("meaning alone (cosine)", lambda found: [near.chunk_id for near in found.nears]),
        ("rank fusion, k = 60", lambda found: rank_fusion(found, 60)),
        ("rank fusion, k = 10", lambda found: rank_fusion(found, 10)),
        (f"our fusion, weight {fusion.LEXICAL_WEIGHT} (now)", fused),
        (f"our fusion, weight {chosen} (chosen)", lambda found: fused(found, chosen)),
    ]
    rows: list[list[Cell]] = []
    figures = {"chosen_weight": chosen}
    for name, ranking in ways:
        ranks = ranks_of(second, ranking, paragraph_of)
        groups = [trial.asked.article for trial in second]
        rows.append([name, *(mean_with_interval([metric.of_rank(r) for r in ranks], groups) for metric in METRICS)])
        figures[f"ndcg: {name}"] = sum(NDCG.of_rank(rank) for rank in ranks) / len(ranks)
    tables = [
        Table("Second half of the articles", ["Ranked by", *(metric.name for metric in METRICS)], rows),
        Table("First half: the weight of words", ["Weight", "nDCG@10"], [[f"{w:.1f}", v] for w, v in swept.items()]),
    ]
    notes = [
        f"{len(first):,} questions to choose the weight, {len(second):,} to report; intervals draw whole articles.",
        "A paragraph is a chunk and an article a document, so that its title helps all of its paragraphs alike.",
    ]
    return Report(NAME, tables, notes, figures)


def fused(found: Searched, weight: float | None = None) -> list[int]:
    """The product's own fusion, with its own weight of words or another."""
    with constants(fusion, LEXICAL_WEIGHT=fusion.LEXICAL_WEIGHT if weight is None else weight):
        return [scored.chunk_id for scored in fusion.fuse(found.hits, found.nears)]


def rank_fusion(found: Searched, k: int) -> list[int]:
    """Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)."""
    scores: dict[int, float] = {}
    for ranking in ([hit.chunk_id for hit in found.hits], [near.chunk_id for near in found.nears]):
        for rank, chunk_id in enumerate(ranking, start=1):
            scores[chunk_id] = scores.get(chunk_id, 0.0) + 1 / (k + rank)
    return sorted(scores, key=lambda chunk_id: (-scores[chunk_id], chunk_id))


def ranks_of(trials: Sequence[Trial], ranking: Ranking, paragraph_of: dict[int, str]) -> list[int | None]:
    """Where the question's own paragraph stands, from 1."""
    ranks: list[int | None] = []
    for trial in trials:
        found = (paragraph_of[chunk_id] for chunk_id in ranking(trial.searched))
        ranks.append(next((rank for rank, at in enumerate(found, start=1) if at == trial.asked.paragraph_id), None))
    return ranks


def _searched(squad: data.Squad, asked: Sequence[Asked]) -> tuple[list[Trial], dict[int, str]]:
    with houses.opened(houses.articles(squad.paragraphs)) as house:
        arms = Arms(house)
        arms.prepare([question.text for question in asked])
        trials = [Trial(question, arms.search(question.text)) for question in asked]
        return trials, arms.paragraph_of(squad.paragraphs)


def _mean_ndcg(trials: Sequence[Trial], weight: float, paragraph_of: dict[int, str]) -> float:
    ranks = ranks_of(trials, lambda found: fused(found, weight), paragraph_of)
    return sum(NDCG.of_rank(rank) for rank in ranks) / max(1, len(ranks))
