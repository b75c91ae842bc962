"""Honest limits: how well the search knows that the documents hold no answer, and where its threshold belongs.

Four trials. "Other articles": only every other article is indexed, and the questions about the rest are to be
declined; that is what a reader does who asks about something the library does not hold. "Nearly answered": the
questions that SQuAD 2.0 made to look answerable from a paragraph that holds no answer; hard for any search, since the
words are all there. "MTRAG": questions in conversations. "Samples": the questions of samples/questions.toml.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks import conversations, data, houses
from benchmarks.data import Asked, Squad
from benchmarks.measuring import Cell, Indexes, Report, Table, interval, share
from benchmarks.searching import Arms
from rag.bootstrap import House
from rag.retrieval.matching import Match
from rag.retrieval.relevance import ANSWERABLE, MANY
from rag.rewriting import by_rules
from rag.types import Question, Turn

NAME, NEEDS = "relevance", ("squad_dev", "mtrag")
SIZE, QUICK = 3000, 150
SHOWN = [round(0.1 * step, 1) for step in range(1, 10)]
RIGHT_LIBRARY, NEARLY = 2.0, 1 / 3  # weights in training, see rag/retrieval/relevance.py
NOTHING = Match(coverage=0, window=0, phrase=0, missing=0)


@dataclass(frozen=True, slots=True)
class Trial:
    """A question, whether the documents answer it, and what the search thinks of that."""

    group: str  # drawn together for intervals
    answerable: bool
    accepted: bool
    relevance: float
    cosine: float  # the best
    best: Match  # of the chunk that ranks first, and its cosine
    best_cosine: float | None


Both = tuple[list[Trial], list[Trial]]  # with vectors, and by words alone


def run(*, quick: bool) -> Report:
    squad, size = data.squad(), QUICK if quick else SIZE
    others, nearly = _other_articles(squad, size), _nearly_answered(squad, size)
    talks, examples = _mtrag(QUICK if quick else None), _samples()
    first, second = _halves(others, squad)
    near_first, near_second = _halves(nearly, squad)
    tables = [
        _separation("Other articles", *second),
        _separation("Nearly answered (SQuAD 2.0)", *near_second),
        _separation("MTRAG, answerable or not", *talks),
        _separation("Samples", *examples),
        _thresholds("Other articles, by words and meaning", second[0]),
        _thresholds("Other articles, by words alone", second[1]),
        _thresholds("Nearly answered, by words and meaning", near_second[0]),
        _calibration(second[0]),
        _trained(first, near_first),
    ]
    notes = [
        f"{len(others[0]):,} and {len(nearly[0]):,} questions of SQuAD, {len(talks[0]):,} of MTRAG. Trained on the "
        "first half of SQuAD's articles; its tables show the second half. MTRAG and the samples were not trained on.",
        "AUC: the chance that an answerable question is rated higher than one to be declined; .5 is a coin. "
        "Intervals draw whole articles (MTRAG, samples: single questions).",
    ]
    figures = {
        "auc_other_articles": auc(second[0]),
        "auc_nearly_answered": auc(near_second[0]),
        "auc_nearly_answered_best_cosine": auc(near_second[0], lambda trial: trial.cosine),
        "auc_mtrag": auc(talks[0]),
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


def _halves(both: Both, squad: Squad) -> tuple[Both, Both]:
    first = tuple([trial for trial in trials if trial.group in squad.first_half] for trials in both)
    second = tuple([trial for trial in trials if trial.group not in squad.first_half] for trials in both)
    return (first[0], first[1]), (second[0], second[1])


def _other_articles(squad: Squad, size: int) -> Both:
    indexed = frozenset(squad.articles[::2])
    asked = squad.sample([question for question in squad.questions if question.answerable and question.in_v1], size)
    return _of_squad(squad, indexed, asked, lambda question: question.article in indexed)


def _nearly_answered(squad: Squad, size: int) -> Both:
    asked = squad.sample([question for question in squad.questions if question.in_v2], size)
    return _of_squad(squad, frozenset(squad.articles), asked, lambda question: question.answerable)


def _of_squad(
    squad: Squad, indexed: frozenset[str], asked: Sequence[Asked], answerable: Callable[[Asked], bool]
) -> Both:
    paragraphs = [paragraph for paragraph in squad.paragraphs if paragraph.article in indexed]
    told = [(question.text, question.article, answerable(question)) for question in asked]
    with houses.opened(houses.articles(paragraphs)) as house:
        return _both_ways(house, told)


def _mtrag(size: int | None) -> Both:
    """The questions that people who read the passages could tell apart; the underspecified are left out."""
    mtrag = conversations.mtrag()
    told = [
        (by_rules(latest.question).text, str(place), latest.answerability != "UNANSWERABLE")
        for place, latest in enumerate(mtrag.latest)
        if latest.answerability != "UNDERSPECIFIED"
    ]
    with houses.opened(houses.loose(mtrag.passages)) as house:
        return _both_ways(house, told[:size])


def _samples() -> Both:
    told = []
    for case in data.cases():
        query = by_rules(Question(case.question, tuple(Turn(before, "") for before in case.history)))
        told.append((query.text, case.question, case.answerable))
    with houses.opened(houses.samples) as house:
        return _both_ways(house, told)


def _both_ways(house: House, told: Sequence[tuple[str, str, bool]]) -> Both:
    """Every question tried with vectors and without."""
    arms = Arms(house)
    arms.prepare([text for text, _, _ in told])
    tried: Both = ([], [])
    for text, group, answerable in told:
        found = arms.search(text)
        cosine = max((near.cosine for near in found.nears), default=0.0)
        for trials, searched, with_vectors in ((tried[0], found, True), (tried[1], found.by_words(), False)):
            retrieval = houses.retriever(house, with_vectors=with_vectors).search(text)
            rated = max((passage.relevance for passage in retrieval.passages), default=0.0)
            top = next(iter(searched.ranked()), None)
            match, near = (top.match, searched.cosine(top)) if top else (NOTHING, 0.0 if with_vectors else None)
            trials.append(Trial(group, answerable, retrieval.relevant, rated, cosine, match, near))
    return tried


def _trained(first: Both, nearly: Both) -> Table:
    """The coefficients as this training finds them; the ones in use are rounded."""
    rows: list[list[Cell]] = []
    for way, name in enumerate(("by words and meaning", "by words alone")):
        trials = [*first[way], *(trial for trial in nearly[way] if not trial.answerable)]
        weights = [RIGHT_LIBRARY if trial.answerable else 1.0 for trial in first[way]]
        weights += [NEARLY] * (len(trials) - len(weights))
        model = LogisticRegression(C=1e4, max_iter=2000)
        model.fit([_features(t) for t in trials], [t.answerable for t in trials], sample_weight=weights)
        one, window, missing = (float(value) for value in model.coef_[0])
        cells = (one, "") if way == 0 else ("", one)
        rows.append([name, float(model.intercept_[0]), *cells, window, missing])
    return Table("Trained on the first half", ["Odds", "Constant", "Cosine", "Phrase", "Window", "Missing name"], rows)


def _features(trial: Trial) -> list[float]:
    first = trial.best.phrase if trial.best_cosine is None else trial.best_cosine
    return [first, trial.best.window, min(MANY, trial.best.missing)]


def _calibration(trials: Sequence[Trial]) -> Table:
    """How often questions of a rated relevance are answered, were two of three asked of the right library."""
    rows: list[list[Cell]] = []
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        inside = [trial for trial in trials if low <= trial.relevance < low + 0.2 + (low == 0.8)]
        good = RIGHT_LIBRARY * sum(trial.answerable for trial in inside)
        total = good + sum(not trial.answerable for trial in inside)
        rows.append([f"{low:.1f} to {low + 0.2:.1f}", len(inside), good / total if total else float("nan")])
    return Table("Other articles: relevance as a probability", ["Relevance", "Questions", "Answerable"], rows)


def _separation(title: str, both: Sequence[Trial], words: Sequence[Trial]) -> Table:
    ways: list[tuple[str, Sequence[Trial], Callable[[Trial], float]]] = [
        ("relevance, by words and meaning", both, lambda trial: trial.relevance),
        ("relevance, by words alone", words, lambda trial: trial.relevance),
        ("best cosine", both, lambda trial: trial.cosine),
    ]
    rows: list[list[Cell]] = []
    for name, trials, value in ways:
        groups = [trial.group for trial in trials]

        def area(indexes: Indexes, trials: Sequence[Trial] = trials, value: Callable[[Trial], float] = value) -> float:
            return auc([trials[i] for i in indexes], value)

        row: list[Cell] = [name, share(auc(trials, value), *interval(area, groups, rounds=200))]
        decided = name.startswith("relevance")
        rows.append(row + (list(_shares(trials, groups, lambda t: t.accepted)) if decided else ["", ""]))
    columns = ["Rated by", "AUC", "Answerable, let through", "Others, declined"]
    return Table(f"{title}: does it know what it cannot answer", columns, rows)


def _thresholds(title: str, trials: Sequence[Trial]) -> Table:
    groups = [trial.group for trial in trials]
    rows: list[list[Cell]] = []
    for threshold in SHOWN:
        accepts: Callable[[Trial], bool] = lambda trial, t=threshold: trial.relevance >= t  # type: ignore[misc]  # noqa: E731
        mark = " (now)" if threshold == ANSWERABLE else ""
        rows.append([f"{threshold:.1f}{mark}", *_shares(trials, groups, accepts)])
    return Table(title, ["Threshold", "Answerable, let through", "Others, declined"], rows)


def _shares(trials: Sequence[Trial], groups: Sequence[str], accepts: Callable[[Trial], bool]) -> tuple[str, str]:
    cells = []
    shares = answered_and_declined(trials, accepts)
    for which in (0, 1):

        def part(indexes: Indexes, which: int = which) -> float:
            return answered_and_declined([trials[i] for i in indexes], accepts)[which]

        cells.append(share(shares[which], *interval(part, groups, rounds=200)))
    return cells[0], cells[1]
