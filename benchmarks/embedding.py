"""The carried model by sentence-transformers on torch, and as an exported graph on onnxruntime: the same vectors?

Each in a fresh process: seconds to load, memory, a query alone and while passages are embedded, chunks a second as
the worker asks for them, and the ceiling: the bare model on all processors, its texts already tokens.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks import data, houses
from benchmarks.crowd import percentiles
from benchmarks.measuring import Cell, Report, Table
from benchmarks.serving import megabytes
from rag.retrieval.carried import carried
from rag.retrieval.embedding import Embedder

NAME, NEEDS = "embedding", ("squad_dev",)
CHUNKS, QUERIES = 64, 200
QUICK_CHUNKS, QUICK_QUERIES = 16, 20
CHARACTERS = 1000
BATCH = 8  # chunks a step of the worker
WAYS = {"torch": "sentence-transformers on torch", "onnx": "exported graph on onnxruntime (now)"}
Told = dict[str, Any]


def run(*, quick: bool) -> Report:
    sizes = (QUICK_CHUNKS, QUICK_QUERIES) if quick else (CHUNKS, QUERIES)
    houses.carried()  # exported beforehand: its seconds are told apart
    with TemporaryDirectory(prefix="footnote-bench-") as folder:
        told = {way: _in_a_process(way, sizes, Path(folder) / f"{way}.npy") for way in WAYS}
        torch, onnx = (np.load(Path(folder) / f"{way}.npy").astype(np.float64) for way in WAYS)
    difference = float((1 - (torch * onnx).sum(1) / np.linalg.norm(torch, axis=1) / np.linalg.norm(onnx, axis=1)).max())
    first: list[list[Cell]] = [
        [WAYS[way], t["load_s"], t["loaded_mb"], t["after_mb"], *t["alone"], *t["beside"]] for way, t in told.items()
    ]
    second: list[list[Cell]] = [
        [WAYS[way], t["steps"], t["whole"], t["bare"], t["steps"] / t["bare"], t["processor_ms"]]
        for way, t in told.items()
    ]
    queries = ["p50 ms", "p95 ms", "p50 ms, busy", "p95 ms, busy"]
    chunks = ["eight at a time", "all together", "bare model", "share of it", "processor ms a chunk"]
    tables = [
        Table("A query", ["Model", "Seconds to load", "Resident MB, loaded", "MB, after all", *queries], first),
        Table("Chunks a second", ["Model", *chunks], second),
    ]
    notes = [
        f"{sizes[1]} questions of SQuAD, {sizes[0]} chunks of {CHARACTERS:,} characters. Largest 1 - cosine between "
        f"the two ways: {difference:.1e}.",
        f"The export takes {_seconds_to_export():.0f} s, once, in a process of its own.",
        "Busy: another thread embeds passages without a pause. Processor ms count all threads and suffer less from "
        "what else the machine does.",
        "Bare model: all processors, texts already tokens, batches of like length.",
    ]
    figures = {f"{way} {key}": float(t[key]) for way, t in told.items() for key in ("load_s", "steps", "bare")}
    return Report(NAME, tables, notes, figures | {"difference": difference})


def _in_a_process(way: str, sizes: tuple[int, int], kept: Path) -> Told:
    command = [sys.executable, "-m", "benchmarks.embedding", way, *map(str, sizes), str(kept)]
    done = subprocess.run(command, cwd=data.ROOT, stdout=subprocess.PIPE, text=True, check=True)
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


def _seconds_to_export() -> float:
    from rag.retrieval.carried import exported

    with TemporaryDirectory(prefix="footnote-bench-") as folder:
        return _timed(lambda: exported(carried(), Path(folder)))


def measured(way: str, sizes: tuple[int, int], kept: Path) -> Told:
    """Everything about one way, in this process."""
    chunks, queries = _texts(*sizes)
    begin = time.perf_counter()
    model = _loaded(way)
    model.query("warm")
    told: Told = {"load_s": time.perf_counter() - begin, "loaded_mb": megabytes(os.getpid())[0]}
    told["alone"] = percentiles([_timed(lambda query=query: model.query(query)) for query in queries])  # type: ignore[misc]
    told["beside"] = percentiles(_beside(model, queries, chunks))
    before = time.process_time()
    took = _timed(lambda: [model.passages(chunks[n : n + BATCH]) for n in range(0, len(chunks), BATCH)])
    told["processor_ms"] = 1000 * (time.process_time() - before) / len(chunks)
    told["steps"] = len(chunks) / took
    told["whole"] = len(chunks) / _timed(lambda: model.passages(chunks))
    told["after_mb"] = megabytes(os.getpid())[0]
    np.save(kept, np.asarray([*model.passages(chunks), *map(model.query, queries)]))
    told["bare"] = len(chunks) / _bare(model, chunks)
    return told


def _loaded(way: str) -> Embedder:
    if way == "onnx":
        return houses.carried()
    from rag.retrieval.named import NamedModel

    return NamedModel(str(carried()))


def _beside(model: Embedder, queries: Sequence[str], chunks: Sequence[str]) -> list[float]:
    """Seconds of each query while passages are embedded."""
    over = threading.Event()

    def embed() -> None:
        while not over.is_set():
            model.passages(chunks[:BATCH])

    thread = threading.Thread(target=embed)
    thread.start()
    try:
        return [_timed(lambda query=query: model.query(query)) for query in queries]  # type: ignore[misc]
    finally:
        over.set()
        thread.join()


def _bare(model: Any, chunks: Sequence[str]) -> float:
    """Seconds of the model alone, with all processors."""
    processors = len(os.sched_getaffinity(0))
    if hasattr(model, "_session"):
        from concurrent.futures import ThreadPoolExecutor

        read = sorted(model._tokenizer.encode_batch(list(chunks)), key=len)
        pairs = [read[n : n + 2] for n in range(0, len(read), 2)]
        with ThreadPoolExecutor(processors) as threads:
            return _timed(lambda: list(threads.map(model._run, pairs)))
    import torch

    torch.set_num_threads(processors)
    ordered = sorted(chunks, key=len)
    features = [model._model.preprocess(ordered[n : n + BATCH]) for n in range(0, len(ordered), BATCH)]
    with torch.inference_mode():
        return _timed(lambda: [model._model(batch) for batch in features])


def _texts(chunks: int, queries: int) -> tuple[list[str], list[str]]:
    """Chunks of the wanted length, out of neighbouring paragraphs, and questions."""
    squad = data.squad()
    joined = "\n".join(paragraph.text for paragraph in squad.paragraphs)
    starts = range(0, chunks * CHARACTERS, CHARACTERS)
    return [joined[n : n + CHARACTERS] for n in starts], [question.text for question in squad.questions[:queries]]


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    houses.foreign_settings_out()
    print(json.dumps(measured(sys.argv[1], (int(sys.argv[2]), int(sys.argv[3])), Path(sys.argv[4]))))
