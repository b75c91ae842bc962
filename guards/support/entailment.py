"""An optional model that reads a sentence and a passage together: finer than words, and slower. Named in the settings.

ModelMissing      the model cannot be loaded; sentences are rated by their words
"""

import os
import threading
from collections.abc import Sequence
from typing import Any, Protocol


class ModelMissing(Exception):
    """The message says which model is missing and what to do."""


class Entailment(Protocol):
    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """How likely each first text says what the second does, from 0 to 1. Raises ModelMissing."""


class CrossEncoderEntailment:
    """A sentence-transformers CrossEncoder by its name or folder, loaded when it is first needed.

    One with labels for entailment and contradiction is asked for entailment; one with a single score is taken at its
    word. Nothing is downloaded. Safe to call from many threads.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._turn = threading.Lock()
        self._model: Any = None
        self._entails = 0
        self._missing: ModelMissing | None = None

    def scores(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        with self._turn:
            model = self._loaded()
            found = model.predict(list(pairs), show_progress_bar=False)
            return [float(row[self._entails] if row.shape else row) for row in found]

    def _loaded(self) -> Any:
        if self._missing:
            raise self._missing
        if self._model is None:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
            os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
            from sentence_transformers import CrossEncoder
            from torch.nn import Sigmoid, Softmax

            try:
                model = CrossEncoder(self._name, device="cpu", local_files_only=True)
            except (OSError, ValueError) as error:
                self._missing = ModelMissing(
                    f"The model {self._name!r} cannot be loaded; name its folder in [guards] entailment. ({error})"
                )
                raise self._missing from error
            labels = {str(label).casefold(): at for at, label in model.config.id2label.items()}
            self._entails = next((at for label, at in labels.items() if label.startswith("entail")), len(labels) - 1)
            model.activation_fn = Sigmoid() if len(labels) == 1 else Softmax(dim=-1)
            self._model = model
        return self._model


def open_entailment(name: str) -> Entailment | None:
    """The model that the settings name; None when they name none."""
    return CrossEncoderEntailment(name) if name else None
