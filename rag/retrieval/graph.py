"""An embedding model as an ONNX graph. The only place that knows onnxruntime and tokenizers.

One thread answers a query, in the thread that asks and without a lock, so that no query waits for a batch. Batches
hold texts of like length: `BATCH_TOKENS` at once is where the processor time of a text is least, be it a sentence or
a whole chunk (docs/decisions/0006); larger ones leave the caches and keep more memory.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from rag.retrieval.embedding import Vector

BATCH_TOKENS = 512
SPREAD_TOKENS = 1024  # more than this is background work, spread over all processors at a low priority
NICENESS = 5  # a third of a question's share; at 10, a busy machine embedded a fifth as fast


class GraphModel:
    """Runs a graph of rag/retrieval/export.py with the tokenizer of its `source` folder."""

    def __init__(self, name: str, source: Path, graph: Path) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        self.name = name
        self._tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
        # Both are kept in the tokenizer and may be set only here: threads that change them fail ("Already borrowed").
        self._tokenizer.enable_truncation(_limit(source))
        self._tokenizer.no_padding()
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
        self.dimensions = int(self._session.get_outputs()[0].shape[1])
        self._spread = ThreadPoolExecutor(_processors(), "embedding", initializer=_step_back)

    def query(self, text: str) -> Vector:
        return self._run(self._tokenizer.encode_batch([text]))[0]

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        read = self._tokenizer.encode_batch(list(texts))
        order = sorted(range(len(read)), key=lambda place: len(read[place]))
        groups = list(_groups(order, [len(tokens) for tokens in read]))
        batches = ([read[place] for place in group] for group in groups)
        large = sum(len(tokens) for tokens in read) > SPREAD_TOKENS
        ran = self._spread.map(self._run, batches) if large else map(self._run, batches)
        found = {
            place: vector
            for group, vectors in zip(groups, ran, strict=True)
            for place, vector in zip(group, vectors, strict=True)
        }
        return [found[place] for place in range(len(read))]

    def _run(self, read: Sequence[Any]) -> list[Vector]:
        import numpy as np

        shape = (len(read), max(len(tokens) for tokens in read))
        ids, mask = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for row, tokens in enumerate(read):
            ids[row, : len(tokens)] = tokens.ids
            mask[row, : len(tokens)] = 1
        (vectors,) = self._session.run(None, {"ids": ids, "mask": mask})
        return vectors.tolist()  # type: ignore[no-any-return]


def _groups(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places in this order, from short to long, in groups that hold `BATCH_TOKENS` when padded."""
    group: list[int] = []
    for place in order:
        if group and (len(group) + 1) * lengths[place] > BATCH_TOKENS:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _limit(source: Path) -> int:
    """The tokens a model reads of a text."""
    told = json.loads((source / "sentence_bert_config.json").read_text(encoding="utf-8"))
    return int(told["max_seq_length"])


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _step_back() -> None:
    """Lets questions go first. On Linux a priority is a thread's own; elsewhere it would be the whole process's."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
