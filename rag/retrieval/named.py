"""Any embedding model by name or folder. The only place that knows sentence-transformers."""

import os
import threading
from collections.abc import Sequence

from rag.retrieval.embedding import ModelMissing, Vector

PORTION = 4  # texts: a query waits no longer than for these


class NamedModel:
    """A model that sentence-transformers loads, from a folder or from what Hugging Face's tools keep on this machine.

    Nothing is downloaded unless the operator sets HF_HUB_OFFLINE=0. Loading takes seconds: build it behind the page.
    Raises ModelMissing.
    """

    def __init__(self, model: str, *, device: str = "cpu", name: str = "") -> None:
        offline = os.environ.setdefault("HF_HUB_OFFLINE", "1") != "0"
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        import torch
        from sentence_transformers import SentenceTransformer

        # On two busy cores one thread answers a query in 20 ms, two in 250 ms.
        torch.set_num_threads(1)
        try:
            self._model = SentenceTransformer(model, device=device, local_files_only=offline)
        except (OSError, ValueError) as error:
            raise ModelMissing(_MISSING.format(model)) from error
        # The tokenizer keeps its padding in itself: two threads in it at once fail with "Already borrowed".
        self._turn = threading.Lock()
        self.name = name or model
        self.dimensions = len(self.query(""))

    def query(self, text: str) -> Vector:
        return self._encode([text])[0]

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        found: dict[int, Vector] = {}
        for start in range(0, len(order), PORTION):
            places = order[start : start + PORTION]
            found |= zip(places, self._encode([texts[place] for place in places]), strict=True)
        return [found[place] for place in range(len(texts))]

    def _encode(self, texts: list[str]) -> list[Vector]:
        with self._turn:
            found = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return [row.tolist() for row in found]


_MISSING = (
    "The embedding model {!r} is not on this machine: give the path of its folder as [embedding] model, or let it be "
    "downloaded once with HF_HUB_OFFLINE=0."
)
