"""Questions that the documents answer or not, what the search thinks of that, and tables of how often it is right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.measuring import Cell, Indexes, Table, interval, share
from rag.retrieval.matching import Match
from rag.retrieval.relevance import ANSWERABLE

SHOWN = [round(0.1 * step, 1) for step in range(1, 10)]
RIGHT_LIBRARY = 2.0  # answerable questions weigh twice, see rag/retrieval/relevance.py


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


def separation(title: str, both: Sequence[Trial], words: Sequence[Trial]) -> Table:
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


def thresholds(title: str, trials: Sequence[Trial]) -> Table:
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


def calibration(trials: Sequence[Trial]) -> Table:
    """How often questions of a rated relevance are answered, were two of three asked of the right library."""
    rows: list[list[Cell]] = []
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        inside = [trial for trial in trials if low <= trial.relevance < low + 0.2 + (low == 0.8)]
        good = RIGHT_LIBRARY * sum(trial.answerable for trial in inside)
        total = good + sum(not trial.answerable for trial in inside)
        rows.append([f"{low:.1f} to {low + 0.2:.1f}", len(inside), good / total if total else float("nan")])
    return Table("Other articles: relevance as a probability", ["Relevance", "Questions", "Answerable"], rows)
