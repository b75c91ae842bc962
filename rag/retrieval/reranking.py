"""An optional cross-encoder, which reads query and passage together: finer than the fused search, and slower.

RerankerMissing      the model cannot be loaded; the search goes on without it
"""

import os
import threading
from collections.abc import Sequence
from typing import Any, Protocol


class RerankerMissing(Exception):
    """The message says which model is missing and what to do."""


class Reranker(Protocol):
    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the query, from 0 to 1. Raises RerankerMissing."""


class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder by its name or folder, loaded when it is first needed.

    Nothing is downloaded: the model has to be in a folder or in the local cache of Hugging Face. Safe to call from
    many threads.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._turn = threading.Lock()
        self._model: Any = None
        self._missing: RerankerMissing | None = None

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        with self._turn:
            model = self._loaded()
            return [float(score) for score in model.predict([(query, text) for text in texts], show_progress_bar=False)]

    def _loaded(self) -> Any:
        if self._missing:
            raise self._missing
        if self._model is None:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
            os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
            from sentence_transformers import CrossEncoder
            from torch.nn import Sigmoid

            try:
                # Some models bring scores without bounds of their own; a threshold needs them between 0 and 1.
                self._model = CrossEncoder(self._name, device="cpu", local_files_only=True, activation_fn=Sigmoid())
            except (OSError, ValueError) as error:
                self._missing = RerankerMissing(
                    f"The re-ranker {self._name!r} cannot be loaded; name its folder in [retrieval] reranker. ({error})"
                )
                raise self._missing from error
        return self._model


def open_reranker(name: str) -> Reranker | None:
    """The re-ranker that the settings name; None when they name none."""
    return CrossEncoderReranker(name) if name else None
