"""Honest limits: how well the search knows that the documents hold no answer, and where its threshold belongs.

Three trials. "Other articles": only every other article is indexed, and the questions about the rest are to be
declined; that is what a reader does who asks about something the library does not hold. "Nearly answered": the
questions that SQuAD 2.0 made to look answerable from a paragraph that holds no answer; hard for any search, since the
words are all there. "Samples": the questions of samples/questions.toml.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks import data, houses
from benchmarks.data import Asked, Squad
from benchmarks.measuring import Cell, Indexes, Report, Table, interval, share
from benchmarks.searching import Arms
from rag.bootstrap import House
from rag.retrieval import search
from rag.rewriting import by_rules
from rag.types import Question, Turn

NAME, NEEDS = "relevance", "squad_dev"
SIZE, QUICK = 3000, 150
THRESHOLDS = [round(0.30 + 0.02 * step, 2) for step in range(21)]
SHOWN = THRESHOLDS[::2]


@dataclass(frozen=True, slots=True)
class Trial:
    """A question, whether the documents answer it, and what the search thinks of that."""

    article: str
    answerable: bool
    accepted: bool
    relevance: float
    cosine: float
    coverage: float


def run(*, quick: bool) -> Report:
    squad, size = data.squad(), QUICK if quick else SIZE
    others, nearly, examples = _other_articles(squad, size), _nearly_answered(squad, size), _samples()
    first = [trials_of(trials, squad.first_half) for trials in others]
    second = [trials_of(trials, squad.first_half, inside=False) for trials in others]
    chosen = [best_threshold(trials) for trials in first]
    tables = [
        _separation("Other articles", *second),
        _separation("Nearly answered", *nearly),
        _separation("Samples", *examples, grouped=False),
        _thresholds("by words and meaning", second[0], search.ANSWERABLE, chosen[0]),
        _thresholds("by words alone", second[1], search.ANSWERABLE_BY_WORDS, chosen[1]),
    ]
    notes = [
        f"{len(others[0]):,} and {len(nearly[0]):,} questions; thresholds are chosen on the first half of the articles "
        "by the mean of both shares, and “Other articles” is reported on the second half.",
        f"Chosen there: {chosen[0]} with vectors (now {search.ANSWERABLE}), "
        f"{chosen[1]} by words alone (now {search.ANSWERABLE_BY_WORDS}).",
        "AUC: the chance that an answerable question is rated higher than one to be declined; .5 is a coin. "
        "Intervals draw whole articles (samples: single questions).",
    ]
    figures = {
        "auc_other_articles": auc(second[0]),
        "auc_nearly_answered": auc(nearly[0]),
        "chosen": chosen[0],
        "chosen_by_words": chosen[1],
    }
    return Report(NAME, tables, notes, figures)


def auc(trials: Sequence[Trial], value: Callable[[Trial], float] = lambda trial: trial.relevance) -> float:
    """The area under the ROC curve; ties count half."""
    good = np.array([value(trial) for trial in trials if trial.answerable])
    bad = np.sort([value(trial) for trial in trials if not trial.answerable])
    if not (len(good) and len(bad)):
        return float("nan")
    below = (np.searchsorted(bad, good, "left") + np.searchsorted(bad, good, "right")) / 2
    return float(below.mean() / len(bad))


def answered_and_declined(trials: Sequence[Trial], accepts: Callable[[Trial], bool]) -> tuple[float, float]:
    """The share of the answerable questions that is let through, and of the others that is declined."""
    good = [accepts(trial) for trial in trials if trial.answerable]
    bad = [not accepts(trial) for trial in trials if not trial.answerable]
    return float(np.mean(good)) if good else float("nan"), float(np.mean(bad)) if bad else float("nan")


def best_threshold(trials: Sequence[Trial]) -> float:
    return max(THRESHOLDS, key=lambda t: sum(answered_and_declined(trials, lambda trial: trial.relevance >= t)))


def trials_of(trials: Sequence[Trial], articles: frozenset[str], *, inside: bool = True) -> list[Trial]:
    return [trial for trial in trials if (trial.article in articles) == inside]


def _other_articles(squad: Squad, size: int) -> tuple[list[Trial], list[Trial]]:
    indexed = frozenset(squad.articles[::2])
    asked = squad.sample([question for question in squad.questions if question.answerable and question.in_v1], size)
    return _tried(squad, indexed, asked, lambda question: question.article in indexed)


def _nearly_answered(squad: Squad, size: int) -> tuple[list[Trial], list[Trial]]:
    asked = squad.sample([question for question in squad.questions if question.in_v2], size)
    return _tried(squad, frozenset(squad.articles), asked, lambda question: question.answerable)


def _tried(
    squad: Squad, indexed: frozenset[str], asked: Sequence[Asked], answerable: Callable[[Asked], bool]
) -> tuple[list[Trial], list[Trial]]:
    """Every question tried with vectors and without."""
    paragraphs = [paragraph for paragraph in squad.paragraphs if paragraph.article in indexed]
    told = [(question.text, question.article, answerable(question)) for question in asked]
    with houses.opened(houses.articles(paragraphs)) as house:
        return _both_ways(house, told)


def _samples() -> tuple[list[Trial], list[Trial]]:
    told = []
    for case in data.cases():
        query = by_rules(Question(case.question, tuple(Turn(before, "") for before in case.history)))
        told.append((query.text, case.question, case.answerable))
    with houses.opened(houses.samples) as house:
        return _both_ways(house, told)


def _both_ways(house: House, told: Sequence[tuple[str, str, bool]]) -> tuple[list[Trial], list[Trial]]:
    arms = Arms(house)
    arms.prepare([text for text, _, _ in told])
    tried: tuple[list[Trial], list[Trial]] = [], []
    for text, article, answerable in told:
        found = arms.search(text)
        cosine = max((near.cosine for near in found.nears), default=0.0)
        coverage = (max(found.covered.values(), default=0.0), found.by_words)
        for way, trials in enumerate(tried):
            retrieval = houses.retriever(house, with_vectors=way == 0).search(text)
            best = max((passage.relevance for passage in retrieval.passages), default=0.0)
            trials.append(Trial(article, answerable, retrieval.relevant, best, cosine, coverage[way]))
    return tried


def _separation(title: str, both: Sequence[Trial], words: Sequence[Trial], *, grouped: bool = True) -> Table:
    ways: list[tuple[str, Sequence[Trial], Callable[[Trial], float]]] = [
        ("relevance, by words and meaning", both, lambda trial: trial.relevance),
        ("relevance, by words alone", words, lambda trial: trial.relevance),
        ("best cosine", both, lambda trial: trial.cosine),
        ("best coverage", both, lambda trial: trial.coverage),
    ]
    rows: list[list[Cell]] = []
    for name, trials, value in ways:
        groups = [trial.article if grouped else str(place) for place, trial in enumerate(trials)]

        def area(indexes: Indexes, trials: Sequence[Trial] = trials, value: Callable[[Trial], float] = value) -> float:
            return auc([trials[i] for i in indexes], value)

        row: list[Cell] = [name, share(auc(trials, value), *interval(area, groups, rounds=200))]
        decided = name.startswith("relevance")
        rows.append(row + (list(_shares(trials, groups, lambda t: t.accepted)) if decided else ["", ""]))
    columns = ["Rated by", "AUC", "Answerable, let through", "Others, declined"]
    return Table(f"{title}: does it know what it cannot answer", columns, rows)


def _thresholds(title: str, trials: Sequence[Trial], present: float, chosen: float) -> Table:
    groups = [trial.article for trial in trials]
    rows: list[list[Cell]] = []
    for threshold in sorted({*SHOWN, present, chosen}):
        mark = {present: " (now)", chosen: " (chosen)"}.get(threshold, "") if present != chosen else ""
        accepts: Callable[[Trial], bool] = lambda trial, t=threshold: trial.relevance >= t  # type: ignore[misc]  # noqa: E731
        rows.append([f"{threshold:.2f}{mark}", *_shares(trials, groups, accepts)])
    columns = ["Threshold", "Answerable, let through", "Others, declined"]
    return Table(f"Other articles, {title}", columns, rows)


def _shares(trials: Sequence[Trial], groups: Sequence[str], accepts: Callable[[Trial], bool]) -> tuple[str, str]:
    cells = []
    shares = answered_and_declined(trials, accepts)
    for which in (0, 1):

        def part(indexes: Indexes, which: int = which) -> float:
            return answered_and_declined([trials[i] for i in indexes], accepts)[which]

        cells.append(share(shares[which], *interval(part, groups, rounds=200)))
    return cells[0], cells[1]
