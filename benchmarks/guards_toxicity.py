"""The toxicity guard: abuse found and false alarms by source, on rows it was not trained on.

`toxicity.jsonl`: the half that guards/training/toxicity.py did not read. HateCheck's clean rows are look-alikes: they
name groups, quote, answer or negate hatred. `injection.jsonl` and `squad_dev/` have plain questions and texts.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.data import FOLDER, ROOT, cases
from benchmarks.measuring import Cell, Report, Table, counted, machine
from guards.guard import NOTHING_ELSE
from guards.toxicity import Toxicity
from guards.training import toxicity as training

NAME = "guards_toxicity"
NEEDS = ("toxicity.jsonl", "injection.jsonl", "squad_dev")
DEFAULT = 0.5
THRESHOLDS = (0.1, 0.3, DEFAULT, 0.7, 0.9)
GUARD = Toxicity()
SHORT = {
    "conversationai": "Wikipedia talk pages (CC BY 4.0)",
    "paul-rottger/hatecheck": "HateCheck (CC BY 4.0)",
    "surge-ai": "Surge AI (MIT)",
    "t-davidson": "Davidson et al. (MIT)",
}
# HateCheck calls these clean because it asks for hatred of protected groups alone; abuse they are.
ABUSE_OF_OTHERS = ("target_indiv_nh", "target_group_nh")
Row = Mapping[str, str]


def run(*, quick: bool) -> Report:
    return Report(NAME, measure(quick=quick), quick=quick, machine=machine())


def measure(*, quick: bool = False) -> list[Table]:
    """All tables; `quick` leaves out the training that sees no row of a source."""
    rows = [row for row in told("toxicity.jsonl") if training.half(row["id"]) == 1]
    tables = [_by_source(rows), _by_function(rows), _plain(), _by_threshold(rows), _speed(rows)]
    return tables if quick else [*tables, _left_out()]


def told(name: str) -> Iterator[Row]:
    with (FOLDER / name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


@cache
def score(text: str) -> float:
    return next(finding.sure for finding in GUARD.find(text, NOTHING_ELSE) if finding.where is None)


def share(rows: Sequence[Row], threshold: float = DEFAULT) -> str:
    """How many are stopped, with the interval."""
    return _share([score(row["text"]) >= threshold for row in rows])


def _share(stopped: Iterable[object]) -> str:
    each = [bool(one) for one in stopped]
    return f"{sum(each):,} of {len(each):,}: {counted(sum(each), len(each))}"


def source(row: Row) -> str:
    return next(name for start, name in SHORT.items() if row["source"].startswith(start))


def _split(rows: Sequence[Row], name: Callable[[Row], str]) -> list[tuple[str, list[Row], list[Row]]]:
    """Of each name the toxic and the clean rows."""
    names = sorted({name(row) for row in rows})
    return [
        (one, *([row for row in rows if name(row) == one and row["label"] == label] for label in ("toxic", "clean")))
        for one in names
    ]


def _by_source(rows: Sequence[Row]) -> Table:
    shown: list[list[Cell]] = []
    for name, bad, good in _split(rows, source):
        margins = np.array([score(row["text"]) for row in (*bad, *good)])
        labels = np.array([True] * len(bad) + [False] * len(good))
        shown.append([name, share(bad), share(good), training.area(margins, labels)])
    kept = [row for row in rows if row.get("category") not in ABUSE_OF_OTHERS and source(row).startswith("HateCheck")]
    clean = [row for row in kept if row["label"] == "clean"]
    shown.append(["HateCheck without abuse of persons and other groups", "", share(clean), ""])
    return Table("Toxicity by source, half not trained on", ["Source", "Toxic, found", "Clean, stopped", "AUC"], shown)


def _by_function(rows: Sequence[Row]) -> Table:
    of_hatecheck = [row for row in rows if source(row).startswith("HateCheck")]
    split = _split(of_hatecheck, lambda row: row["category"])
    shown = [[name, "hateful" if bad else "clean", share(bad or good)] for name, bad, good in split]
    return Table("HateCheck by functionality", ["Functionality", "Label", "Stopped"], shown)


def _plain() -> Table:
    benign = [row for row in told("injection.jsonl") if row["label"] == "benign"]
    sets: dict[str, list[Row]] = {
        "XSTest, safe prompts that sound unsafe": [row for row in benign if "XSTest" in row["source"]],
        "NotInject, look-alikes of injection": [row for row in benign if "NotInject" in row["source"]],
        "Plain questions and texts of injection.jsonl": [row for row in benign if row["kind"] == "benign_plain"],
        "SQuAD questions": [{"text": row["question"]} for row in told("squad_dev/queries.jsonl")],
        "SQuAD paragraphs": list(told("squad_dev/corpus.jsonl")),
        "Questions about the samples": [{"text": case.question} for case in cases()],
        "The samples' texts, by paragraph": [{"text": part} for part in _paragraphs(ROOT / "samples" / "sources")],
    }
    shown = [[name, share(rows)] for name, rows in sets.items()]
    return Table("Nothing toxic in it: false alarms", ["Texts", "Stopped"], shown)


def _paragraphs(folder: Path) -> list[str]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md")))
    return [part for text in texts for part in text.split("\n\n") if part.strip()]


def _by_threshold(rows: Sequence[Row]) -> Table:
    bad = [row for row in rows if row["label"] == "toxic"]
    alike = [row for row in rows if row["label"] == "clean" and source(row).startswith("HateCheck")]
    good = [row for row in rows if row["label"] == "clean" and not source(row).startswith("HateCheck")]
    shown = [[f"{one:.1f}", share(bad, one), share(alike, one), share(good, one)] for one in THRESHOLDS]
    columns = ["Threshold", "Toxic, all sources", "HateCheck's clean rows", "Other clean rows"]
    return Table("Toxicity by threshold", columns, shown)


def _speed(rows: Sequence[Row]) -> Table:
    texts = [row["text"] for row in rows]
    shown: list[list[Cell]] = []
    for name, some in (
        ("comments of a few words or lines", texts),
        ("20,000 characters", [" ".join(texts)[:20_000]] * 9),
    ):
        taken = []
        for text in some:
            began = time.perf_counter()
            list(GUARD.find(text, NOTHING_ELSE))
            taken.append((time.perf_counter() - began) * 1000)
        shown.append([name, *(float(one) for one in np.percentile(taken, [50, 95]))])
    return Table("Time for one text, in ms", ["Texts", "Median", "95th percentile"], shown)


def _left_out() -> Table:
    """Trained anew without any row of a source, with the strength and the threshold of the weights that are carried."""
    data = list(training.rows(FOLDER))
    learner = training.Learner(data)
    learned = np.array([training.half(one.id) == 0 for one in data])
    names = np.array([source({"source": one.source}) for one in data])
    with np.load(training.WEIGHTS) as kept:
        strength, threshold = float(kept["strength"]), float(kept["threshold"])
    shown: list[list[Cell]] = []
    for name in SHORT.values():
        margins = learner.fit(learned & (names != name), strength).decision_function(learner.rows)
        here = ~learned & (names == name)
        rates = [_share(margins[here & (learner.labels == label)] >= threshold) for label in (True, False)]
        shown.append([name, *rates, training.area(margins[here], learner.labels[here])])
    columns = ["Source", "Toxic, found", "Clean, stopped", "AUC"]
    return Table("Trained without any row of the source", columns, shown)
