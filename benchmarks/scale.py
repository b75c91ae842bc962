"""Retrieval among 100,000 chunks: size on disk, seconds to build, latency of each arm and of the whole search, memory.

The chunks are those of benchmarks/crowd.py. SQuAD's paragraphs have their real vectors; embedding the others would take
hours, so theirs are mixtures of two real ones with a little noise, of length one. A fresh process then opens what was
built and searches it, so that nothing of the building is in its memory.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text

from benchmarks import crowd, data, houses
from benchmarks.crowd import percentiles
from benchmarks.measuring import SEED, Cell, Report, Table
from benchmarks.serving import megabytes
from rag.bootstrap import build
from rag.house import House
from rag.retrieval.terms import terms
from rag.retrieval.vectors import open_index
from rag.settings import Settings
from store import chunks, lexical

NAME, NEEDS = "scale", ("squad_dev",)
QUESTIONS, QUICK_QUESTIONS = 300, 30
PORTION = 1000
NOISE = 0.3  # length of the noise before a mixture is brought to length one
CANDIDATES = 30
BUDGET_MS = 40
Told = dict[str, Any]
Vectors = NDArray[np.float32]


def run(*, quick: bool) -> Report:
    size, questions = (crowd.QUICK_SIZE, QUICK_QUESTIONS) if quick else (crowd.SIZE, QUESTIONS)
    with TemporaryDirectory(prefix="footnote-bench-") as folder:
        built = _build(Path(folder) / "data", size)
        command = [sys.executable, "-m", "benchmarks.scale", f"{folder}/data", str(questions)]
        done = subprocess.run(command, cwd=data.ROOT, stdout=subprocess.PIPE, text=True, check=True)
        told: Told = json.loads(done.stdout.splitlines()[-1])
    tables = [
        Table(f"{size:,} chunks", ["What", "MB on disk", "Seconds to build", "A second"], built),
        Table(
            "Milliseconds a question",
            ["Step", "p50", "p95", "p50 of processor time"],
            [[name, *ms] for name, ms in told["ms"].items()],
        ),
        Table("Memory and start", ["When", "Resident MB", "Seconds"], told["memory"]),
    ]
    notes = [
        f"Budget: the whole retrieval within {BUDGET_MS} ms at the median. {questions} questions about SQuAD's second "
        "half of articles, one after another.",
        "Real: SQuAD's, MTRAG's and chunking_evaluation's texts, and the vectors of SQuAD's paragraphs and of all "
        "questions. Made: the other texts, of sentences drawn from the real ones; the other vectors, normalised "
        "mixtures of two real ones and noise. Embedding itself is no part of the seconds to build.",
        "Processor time, of all threads, suffers less from what else the machine does.",
        "MB of 1,000,000 bytes. SQLite holds texts twice (document and chunks), and the full-text index.",
    ]
    figures = {name: ms[0] for name, ms in told["ms"].items()}
    return Report(NAME, tables, notes, figures)


def _build(folder: Path, size: int) -> list[list[Cell]]:
    paragraphs = crowd.crowd(data.squad(), size)
    folder.mkdir(parents=True)
    with crowd.shelved(paragraphs, folder) as (database, seconds):
        with database.read() as session:
            rows = session.execute(text("SELECT id, title, section, text FROM chunks ORDER BY id")).all()
        vectors = _vectors([f"{row.title} › {row.section}\n{row.text}" for row in rows])
        index = open_index(folder / "chroma", dimensions=vectors.shape[1])
        begin = time.perf_counter()
        for start in range(0, len(rows), PORTION):
            ids = [row.id for row in rows[start : start + PORTION]]
            index.add(ids, vectors[start : start + PORTION].tolist())
            with database.write() as session:
                chunks.mark_embedded(session, ids)
        took = time.perf_counter() - begin
        index.close()
    return [
        ["SQLite: texts, chunks, full-text index", _megabytes(folder, "footnote.db*"), seconds, size / seconds],
        ["Chroma: vectors", _megabytes(folder, "chroma/**/*"), took, size / took],
    ]


def _vectors(texts: Sequence[str]) -> Vectors:
    """The real vectors of the first texts, which are SQuAD's, and mixtures of these for the others."""
    random = np.random.default_rng(SEED)
    real_count = min(len(texts), len(data.squad().paragraphs))
    kept = houses.KeptVectors()
    kept.prepare(texts[:real_count])
    real = np.asarray(kept.passages(texts[:real_count]), dtype=np.float32)
    pairs = random.integers(0, real_count, (2, len(texts) - real_count))
    share = random.uniform(0.2, 0.8, (len(texts) - real_count, 1))
    noise = random.normal(0, NOISE / np.sqrt(real.shape[1]), (len(texts) - real_count, real.shape[1]))
    mixed = share * real[pairs[0]] + (1 - share) * real[pairs[1]] + noise
    mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
    return np.concatenate([real, mixed.astype(np.float32)])


def measured(folder: Path, count: int) -> Told:
    """Opens what was built and searches it, in this process."""
    begin = time.perf_counter()
    house = build(Settings(data_dir=folder), embedder=lambda _: houses.carried())
    try:
        memory: list[list[Cell]] = [["words only", megabytes(os.getpid())[0], time.perf_counter() - begin]]
        house.warmup.start()
        if house.warmup.wait_for_meaning() is None:
            raise RuntimeError("The vector index could not be opened; the log above says why.")
        memory.append(["vectors and model loaded", megabytes(os.getpid())[0], time.perf_counter() - begin])
        _, asked = crowd.asked_of(data.squad(), count)
        told = _latencies(house, [question.text for question in asked])
        memory.append([f"after {count} questions", megabytes(os.getpid())[0], time.perf_counter() - begin])
        return {"ms": told, "memory": memory}
    finally:
        house.close()


def _latencies(house: House, asked: Sequence[str]) -> dict[str, list[Cell]]:
    meaning = house.warmup.meaning()
    if meaning is None:
        raise RuntimeError("The vector index is gone.")
    whole = houses.retriever(house)
    whole.search(asked[0])
    seconds: dict[str, list[float]] = {}
    processor: dict[str, list[float]] = {}

    def timed(step: str, work: Callable[[], Any]) -> Any:
        begin, before = time.perf_counter(), time.process_time()
        found = work()
        seconds.setdefault(step, []).append(time.perf_counter() - begin)
        processor.setdefault(step, []).append(time.process_time() - before)
        return found

    for question in asked:
        words = terms(question)
        vector = timed("embedding the question", lambda question=question: meaning.embedder.query(question))
        timed("vectors (Chroma)", lambda vector=vector: meaning.index.search(vector, CANDIDATES))
        with house.database.read() as session:
            timed("words (FTS5)", lambda words=words: lexical.search(session, words, CANDIDATES))
            timed("counting the words", lambda words=words: lexical.frequencies(session, words))
        timed("the whole search", lambda question=question: whole.search(question))
    return {step: [*percentiles(took), percentiles(processor[step])[0]] for step, took in seconds.items()}


def _megabytes(folder: Path, pattern: str) -> float:
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file()) / 1e6


if __name__ == "__main__":
    houses.foreign_settings_out()
    os.environ["FOOTNOTE_CONFIG"] = str(Path(sys.argv[1]) / "none.toml")
    print(json.dumps(measured(Path(sys.argv[1]), int(sys.argv[2]))))
