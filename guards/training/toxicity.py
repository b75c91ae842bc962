"""Learns guards/toxicity/weights.npz: `python -m guards.training.toxicity DATA_FOLDER`.

Reads one half of `toxicity.jsonl` in that folder (by a hash of each row's id; docs/guards-toxicity.md reports on the
other half) as far as its licence is MIT or CC-BY, and the sentences written for this project. Only weights are kept.
Needs scikit-learn, which comes with sentence-transformers.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from guards.toxicity.features import PLACES, features, seen
from guards.training.sentences import Sentence, own

WEIGHTS = Path(__file__).resolve().parents[1] / "toxicity" / "weights.npz"
LICENCES = ("MIT", "CC-BY-4.0")
FOLDS = 5
STRENGTHS = (5.0, 10.0, 20.0, 40.0)  # inverse of the regularisation, to choose from
OWN_WEIGHT = 0.7  # of a sentence of ours beside one of the data
FALSE_ALARMS = 0.04  # of HateCheck's clean rows at the score 0.5: a little under the goal of 5 %
LOOK_ALIKES = "hatecheck"


def half(row_id: str) -> int:
    """0: learned from, 1: reported on."""
    return hashlib.sha256(row_id.encode()).digest()[-1] % 2


def rows(folder: Path) -> Iterator[Sentence]:
    """The rows that may be learned from, of both halves."""
    with (folder / "toxicity.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["license"].startswith(LICENCES):
                yield Sentence(row["text"], row["label"] == "toxic", row["source"], row["id"])


def matrix(sentences: Sequence[Sentence]) -> csr_matrix:
    """A row of unit length for each sentence."""
    data: list[float] = []
    at: list[int] = []
    ends = [0]
    for one in sentences:
        placed = features(seen(one.text))
        values = np.array(list(placed.values()))
        data += list(values / np.linalg.norm(values)) if placed else []
        at += placed.keys()
        ends.append(len(at))
    return csr_matrix((data, at, ends), shape=(len(sentences), PLACES))


def toxic(sentences: Sequence[Sentence]) -> NDArray[np.bool_]:
    return np.array([one.toxic for one in sentences])


class Learner:
    """Fits to some rows of the data and all sentences of our own."""

    def __init__(self, data: Sequence[Sentence]) -> None:
        ours = own()
        self.data, self.labels, self.rows = data, toxic(data), matrix(data)
        self._ours, self._our_labels = matrix(ours), toxic(ours)

    def fit(self, which: NDArray[np.bool_], strength: float) -> LogisticRegression:
        weights = np.concatenate([np.ones(which.sum()), np.full(len(self._our_labels), OWN_WEIGHT)])
        labels = np.concatenate([self.labels[which], self._our_labels])
        model = LogisticRegression(C=strength, solver="liblinear", max_iter=2000)
        return model.fit(vstack([self.rows[which], self._ours]), labels, sample_weight=weights)

    def crossed(self, strength: float) -> NDArray[np.float64]:
        """The margin of each row by a model that did not see it."""
        folds = np.array([hashlib.sha256(one.id.encode()).digest()[0] % FOLDS for one in self.data])
        margins = np.zeros(len(self.data))
        for fold in range(FOLDS):
            margins[folds == fold] = self.fit(folds != fold, strength).decision_function(self.rows[folds == fold])
        return margins

    def across(self, strength: float) -> NDArray[np.float64]:
        """The margin of each row by a model that saw none of its source."""
        sources = np.array([one.source for one in self.data])
        margins = np.zeros(len(self.data))
        for source in dict.fromkeys(sources):
            model = self.fit(sources != source, strength)
            margins[sources == source] = model.decision_function(self.rows[sources == source])
        return margins


def area(margins: NDArray[np.float64], labels: NDArray[np.bool_]) -> float:
    """The area under the ROC curve."""
    good, bad = margins[labels], np.sort(margins[~labels])
    below = (np.searchsorted(bad, good, "left") + np.searchsorted(bad, good, "right")) / 2
    return float(below.mean() / len(bad))


def by_source(learner: Learner, margins: NDArray[np.float64]) -> dict[str, float]:
    sources = np.array([one.source for one in learner.data])
    return {s: area(margins[sources == s], learner.labels[sources == s]) for s in dict.fromkeys(sources.tolist())}


def cut(learner: Learner, margins: NDArray[np.float64]) -> float:
    """The margin over which `FALSE_ALARMS` of the clean look-alikes lie."""
    alike = np.array([LOOK_ALIKES in one.source and not one.toxic for one in learner.data])
    return float(np.quantile(margins[alike], 1 - FALSE_ALARMS))


def main(folder: Path) -> None:
    """Chooses by cross-validation, within and across sources, and writes the weights."""
    learner = Learner([one for one in rows(folder) if half(one.id) == 0])
    areas = {}
    for strength in STRENGTHS:
        within, across = (by_source(learner, m) for m in (learner.crossed(strength), learner.across(strength)))
        areas[strength] = float(np.mean([*within.values(), *across.values()]))
        print(strength, f"{areas[strength]:.4f}", within, across)
    strength = max(areas, key=lambda one: areas[one])
    margins = learner.crossed(strength)
    threshold = cut(learner, margins)
    model = learner.fit(np.ones(len(learner.data), dtype=bool), strength)
    scale = float(np.abs(model.coef_[0]).max()) / 127
    places = np.round(model.coef_[0] / scale).astype(np.int8)
    np.savez_compressed(
        WEIGHTS,
        places=places,
        scale=np.array(scale),
        bias=np.array(model.intercept_[0] - threshold),
        strength=np.array(strength),
        threshold=np.array(threshold),
    )
    print(f"strength {strength}, threshold {threshold:.2f}, {WEIGHTS.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
