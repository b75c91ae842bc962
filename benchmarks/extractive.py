"""The extractive writer: do the sentences it shows hold the answer, how many are they, and how long does it take?

Eight hundred questions of SQuAD 1.1 and the questions about the samples, through the real search. The writer's
constants are tried one by one on the first half of the articles, and reported on the second.
"""

import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks import data, houses
from benchmarks.data import Asked, Squad
from benchmarks.houses import KeptVectors
from benchmarks.measuring import Cell, Report, Table, constants, mean_with_interval
from benchmarks.remembered import Remembered
from rag.house import House
from rag.retrieval.embedding import Embedder
from rag.rewriting import by_rules
from rag.types import Question, Retrieval, Turn
from rag.writers import extractive

NAME, NEEDS = "extractive", ("squad_dev",)
SIZE, QUICK, TIMED = 800, 60, 60
DECISIONS = ("Answered", "Answered, and rightly", "Nearly answered, declined")
_OF_MEANING = ("MEANING_SHARE", "EMBEDDED")
VARIATIONS: dict[str, tuple[float, ...]] = {
    "MEANING_SHARE": (0.6, 1.5),
    "HEADING_SHARE": (0.25,),
    "BEFORE_SHARE": (0.0, 0.5),
    "RELEVANCE_SHARE": (0.1, 0.5),
    "KIND_SHARE": (0.0,),
    "EMBEDDED": (4,),
    "ALSO_WORTH": (0.72, 0.84),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """A question with what was found for it. Any of `answers` is right; of a sample, all of `expects` are wanted."""

    query: str
    article: str
    answers: tuple[str, ...]
    expects: tuple[str, ...]
    retrieval: Retrieval


@dataclass(frozen=True, slots=True)
class Shown:
    holds: bool  # what is shown holds the answer
    first_holds: bool  # its best sentence does
    sentences: int
    characters: int


def run(*, quick: bool) -> Report:
    squad = data.squad()
    size = QUICK if quick else SIZE
    squad_ways, embedder = _squad_trials(squad, _answerable(squad, size)), Remembered()
    nearly = _squad_trials(squad, squad.sample([q for q in squad.questions if q.in_v2 and not q.answerable], size))
    embedders: tuple[Embedder | None, Embedder | None] = (embedder, None)
    with houses.opened(houses.samples) as house:
        sample_ways = _sample_trials(house, with_vectors=True), _sample_trials(house, with_vectors=False)
        timed = [_time(sample_ways[0][:TIMED], houses.carried()), _time(sample_ways[1][:TIMED], None)]
    rows: list[list[Cell]] = []
    figures: dict[str, float] = {}
    declined: dict[int, list[Trial]] = {}
    decisions: list[list[Cell]] = []
    for way, name in enumerate(("words and meaning", "words alone")):
        trials = [trial for trial in squad_ways[way] if trial.article not in squad.first_half]
        declined[way] = [trial for trial in nearly[way] if trial.article not in squad.first_half]
        examples = sample_ways[way]
        shown = [show(trial, embedders[way]) for trial in trials]
        told = [show(trial, embedders[way], gated=True) for trial in examples]
        reached = [_reaches(trial) for trial in trials]
        groups = [trial.article for trial in trials]
        holds = [one.holds for one in shown]
        cells: list[Cell] = [mean_with_interval(values, groups) for values in (reached, holds)]
        cells.append(mean_with_interval([one.first_holds for one in shown], groups))
        cells += [f"{sum(one.holds for one in told)} of {len(told)}", _mean(one.sentences for one in shown)]
        rows.append([name, *cells, _mean(one.characters for one in shown), statistics.median(timed[way])])
        decisions.append([name, *_decisions(trials, declined[way], embedders[way])])
        figures |= {f"{name}: holds": float(np.mean(holds)), f"{name}: samples": float(sum(o.holds for o in told))}
    columns = "By,In the passages,In the answer,In its best sentence,Samples,Sentences,Characters,Median ms"
    tables = [
        Table("Does the answer hold what was asked for, second half", columns.split(","), rows),
        Table("As a reader gets it, second half", ["By", *DECISIONS], decisions),
    ]
    tables += [_variations(squad, squad_ways[way], embedders[way], name) for way, name in ((0, "with"), (1, "without"))]
    notes = [
        f"{len(squad_ways[0]):,} questions of SQuAD 1.1, half of them to report; intervals draw whole articles. The "
        "first table counts SQuAD whatever the threshold says, the samples as a reader sees them.",
        "Nearly answered: SQuAD 2.0's questions whose words all stand in a paragraph that does not answer them.",
        "More sentences hold more answers: compare variations of the same length.",
        "Median ms: choosing the sentences of one answer about the samples, fresh vectors included.",
    ]
    return Report(NAME, tables, notes, figures)


def show(trial: Trial, embedder: Embedder | None, *, gated: bool = False) -> Shown:
    """What the writer shows for a question; `gated`: only if the search lets it."""
    chosen = []
    if trial.retrieval.relevant or not gated:
        chosen = extractive.choose(trial.query, trial.retrieval.passages, embedder)
    texts = [_plain(sentence.text) for sentence in chosen]
    return Shown(_holds(trial, texts), _holds(trial, texts[:1]), len(texts), sum(map(len, texts)))


def _holds(trial: Trial, texts: Sequence[str]) -> bool:
    whole = "\n".join(texts)
    if trial.expects:
        return all(_plain(words) in whole for words in trial.expects)
    return any(_plain(answer) in whole for answer in trial.answers)


def _reaches(trial: Trial) -> bool:
    return _holds(trial, [_plain(passage.text) for passage in trial.retrieval.passages])


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _answerable(squad: Squad, size: int) -> list[Asked]:
    return squad.sample([question for question in squad.questions if question.answerable and question.in_v1], size)


def _decisions(asked: Sequence[Trial], nearly: Sequence[Trial], embedder: Embedder | None) -> list[Cell]:
    groups = [trial.article for trial in asked]
    answered = [float(trial.retrieval.relevant) for trial in asked]
    right = [float(show(trial, embedder, gated=True).holds) for trial in asked]
    declined = [float(not trial.retrieval.relevant) for trial in nearly]
    cells: list[Cell] = [mean_with_interval(values, groups) for values in (answered, right)]
    return [*cells, mean_with_interval(declined, [trial.article for trial in nearly])]


def _squad_trials(squad: Squad, asked: Sequence[Asked]) -> tuple[list[Trial], list[Trial]]:
    with houses.opened(houses.articles(squad.paragraphs)) as house:
        KeptVectors().prepare([question.text for question in asked])
        both, words = houses.retriever(house), houses.retriever(house, with_vectors=False)
        return (
            [Trial(q.text, q.article, q.answers, (), both.search(q.text)) for q in asked],
            [Trial(q.text, q.article, q.answers, (), words.search(q.text)) for q in asked],
        )


def _sample_trials(house: House, *, with_vectors: bool) -> list[Trial]:
    search, trials = houses.retriever(house, with_vectors=with_vectors), []
    for case in data.cases():
        query = by_rules(Question(case.question, tuple(Turn(before, "") for before in case.history)))
        if case.answerable:
            trials.append(Trial(query.text, case.question, (), case.expects, search.search(query.text)))
    return trials


def _time(trials: Sequence[Trial], embedder: Embedder | None) -> list[float]:
    """Milliseconds an answer."""
    took = []
    for trial in trials:
        begin = time.perf_counter()
        extractive.draft(extractive.choose(trial.query, trial.retrieval.passages, embedder))
        took.append(1000 * (time.perf_counter() - begin))
    return took


def _variations(squad: Squad, trials: Sequence[Trial], embedder: Embedder | None, how: str) -> Table:
    halves = [[t for t in trials if (t.article in squad.first_half) == first] for first in (True, False)]
    tried: list[tuple[str, dict[str, float]]] = [("as it is", {})]
    needed = {name: values for name, values in VARIATIONS.items() if embedder or name not in _OF_MEANING}
    tried += [(f"{name} = {value}", {name: value}) for name, values in needed.items() for value in values]
    rows: list[list[Cell]] = []
    for name, values in tried:
        with constants(extractive, **values):
            cells: list[Cell] = []
            for half in halves:
                shown = [show(trial, embedder) for trial in half]
                cells += [_mean(one.holds for one in shown), _mean(one.first_holds for one in shown)]
                cells.append(_mean(one.characters for one in shown))
        rows.append([name, *cells])
    columns = [f"{what}, {half} half" for half in ("first", "second") for what in ("answer", "best sentence", "length")]
    return Table(f"Variations {how} vectors", ["Constant", *columns], rows)


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))
