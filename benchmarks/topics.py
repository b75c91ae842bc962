"""Topics: how well questions are grouped by what they are about, beside what scikit-learn offers, and what it costs.

The truth is SQuAD's articles, and MTRAG's domains. All constants were chosen on the first half of SQuAD's articles.
"""

import json
import random
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks import data
from benchmarks.houses import KeptVectors
from benchmarks.measuring import SEED, Cell, Report, Table, counted
from rag.topics import clustering, grouping, merging
from rag.topics.vectors import Matrix, packed, unit
from store.records.topics import AskedRecord

NAME, NEEDS = "topics", ("squad_dev", "mtrag")
SIZE, QUICK = 2_500, 400
MANY = 100_000
THRESHOLDS = (0.75, 0.8, 0.85, 0.9, merging.NEAR, 0.95)
COLUMNS = ("", "Topics", "Put to one", "AMI, the rest as one topic", "AMI of those", "V-measure", "Seconds")
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Questions with what they are about, and the paragraph they ask about."""

    vectors: Matrix
    about: Sequence[str]
    paragraphs: Sequence[str]


def run(*, quick: bool) -> Report:
    size = QUICK if quick else SIZE
    first, second, talks = squad(size, first=True), squad(size, first=False), mtrag()
    methods = ways(first, quick=quick)
    tables = [
        Table(f"{name}: {len(set(one.about))} labels, {len(one.about):,} questions", COLUMNS, compared(one, methods))
        for name, one in (("SQuAD, half not used for choosing", second), ("MTRAG", talks))
    ]
    notes = [
        "AMI: adjusted mutual information with the labels, 0 for chance, 1 for the same groups.",
        "Other ways got the constants that were best on the first half; k-means its number by the silhouette.",
    ]
    return Report(NAME, [*tables, duplicates(second), cost(second, quick=quick)], notes)


def squad(size: int, *, first: bool) -> Labelled:
    """Questions of one half of the articles."""
    known = data.squad()
    asked = [one for one in known.questions if one.answerable and (one.article in known.first_half) == first]
    asked = random.Random(SEED).sample(asked, min(size, len(asked)))
    return Labelled(_embedded([one.text for one in asked]), [a.article for a in asked], [a.paragraph_id for a in asked])


def mtrag() -> Labelled:
    """Turns that stand alone, or were made to."""
    rows = list(data.rows(data.FOLDER / "mtrag" / "queries.jsonl"))
    texts = [row["rewrite"] or row["last_turn"] for row in rows]
    return Labelled(_embedded(texts), [row["domain"] for row in rows], [json.dumps(row["qrels"]) for row in rows])


def ours(one: Labelled) -> Labels:
    """As the product groups them, but with every question in the sample."""
    weights = np.ones(len(one.vectors), dtype=np.float32)
    return clustering.nearest(one.vectors, clustering.centres(one.vectors, weights))


def ways(first: Labelled, *, quick: bool) -> dict[str, Callable[[Labelled], Labels]]:
    """Ours and others', the others with the best of these constants on the first half."""
    from sklearn.cluster import HDBSCAN, AgglomerativeClustering

    def agglomerative(far: float) -> Callable[[Labelled], Labels]:
        def group(one: Labelled) -> Labels:
            made = AgglomerativeClustering(None, distance_threshold=far, metric="cosine", linkage="average")
            return _large(made.fit_predict(one.vectors))

        return group

    def hdbscan(least: int) -> Callable[[Labelled], Labels]:
        return lambda one: np.asarray(HDBSCAN(min_cluster_size=least, copy=True).fit_predict(one.vectors))

    found: dict[str, Callable[[Labelled], Labels]] = {"ours": ours}
    for name, make, values in (
        ("agglomerative, average linkage", agglomerative, (0.65, 0.7, 0.75, 0.8)),
        ("HDBSCAN", hdbscan, (5, 10) if quick else (3, 5, 10, 20)),
    ):
        best = max(values, key=lambda value, make=make: _ami(first, make(value)(first)))  # type: ignore[misc]
        found[f"{name}, {best:g}"] = make(best)
    return found | {"k-means, number by silhouette": k_means}


def k_means(one: Labelled) -> Labels:
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.metrics import silhouette_score

    tried = [MiniBatchKMeans(k, random_state=SEED, n_init=3).fit_predict(one.vectors) for k in (8, 12, 18, 26, 38, 55)]
    rated = [silhouette_score(one.vectors, labels, sample_size=1_000, random_state=SEED) for labels in tried]
    return np.asarray(tried[int(np.argmax(rated))])


def compared(one: Labelled, methods: dict[str, Callable[[Labelled], Labels]]) -> list[list[Cell]]:
    from sklearn.metrics import adjusted_mutual_info_score, v_measure_score

    about, rows = np.array(one.about), []
    for name, group in methods.items():
        begin = time.perf_counter()
        labels = group(one)
        took = time.perf_counter() - begin
        put = labels >= 0
        rows.append(
            [
                name,
                len(set(labels[put].tolist())),
                float(put.mean()),
                _ami(one, labels),
                float(adjusted_mutual_info_score(about[put], labels[put])),
                float(v_measure_score(about, labels)),
                took,
            ]
        )
    return rows


def duplicates(one: Labelled) -> Table:
    """Pairs of questions above a cosine that ask about the same paragraph: many different questions do, too."""
    upper = np.triu_indices(len(one.vectors), 1)
    cosines = (one.vectors @ one.vectors.T)[upper]
    paragraphs = np.array(one.paragraphs)
    cells: list[list[Cell]] = []
    for threshold in THRESHOLDS:
        above = cosines > threshold
        same = paragraphs[upper[0][above]] == paragraphs[upper[1][above]]
        cells.append([f"{threshold:g}", int(above.sum()), counted(int(same.sum()), int(above.sum()))])
    return Table(
        "Near duplicates: pairs above a cosine, of the same paragraph [95 %]", ("Cosine", "Pairs", "Same"), cells
    )


def cost(one: Labelled, *, quick: bool) -> Table:
    """What grouping the latest questions and putting all of 100,000 to their topics takes, without the database."""
    random_ = np.random.default_rng(SEED)
    count = 5_000 if quick else MANY
    picked = random_.integers(0, len(one.vectors), count)
    noise = random_.normal(scale=0.02, size=(count, one.vectors.shape[1])).astype(np.float32)
    vectors = unit(one.vectors[picked] + noise)
    asked = [
        AskedRecord(at, at, f"{one.about[place]} {at % 7919}", f"person {at % 500}", None, packed(vectors[at]))
        for at, place in enumerate(picked[: grouping.SAMPLE])
    ]
    tracemalloc.start()
    begin = time.perf_counter()
    groups = grouping.grouped(asked, [])
    took, peak = time.perf_counter() - begin, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    found = np.frombuffer(b"".join(group.centre for group in groups), np.float16).reshape(len(groups), -1)
    begin = time.perf_counter()
    clustering.nearest(vectors, found.astype(np.float32))
    all_ = time.perf_counter() - begin
    rows: list[list[Cell]] = [
        [f"grouping the latest {len(asked):,}", took, f"{peak / 1e6:.0f} MB"],
        [f"putting {count:,} to {len(groups)} topics", all_, "–"],
    ]
    return Table("Cost, one process", ("", "Seconds", "Memory at most"), rows)


def _embedded(texts: Sequence[str]) -> Matrix:
    kept = KeptVectors()
    kept.prepare(texts)
    return unit(np.array(kept.passages(texts), dtype=np.float32))


def _ami(one: Labelled, labels: Labels) -> float:
    from sklearn.metrics import adjusted_mutual_info_score

    return float(adjusted_mutual_info_score(one.about, labels))


def _large(labels: Labels) -> Labels:
    sizes = np.bincount(labels)
    return np.where(sizes[labels] >= clustering.SMALLEST, labels, -1)
