"""Texts to vectors: what every embedding model offers, and the one the settings name.

The model that is carried along runs as an ONNX graph, exported once (rag/retrieval/carried.py); any other name is
loaded with sentence-transformers (rag/retrieval/named.py). Why: docs/decisions/0006.

ModelMissing    the named model is not on this machine; the message says what to do
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rag.settings import Embedding

Vector = Sequence[float]
CARRIED = "all-MiniLM-L6-v2"


class ModelMissing(Exception):
    """The named embedding model cannot be loaded."""


class Embedder(Protocol):
    """Unit vectors, so that a dot product is a cosine. Safe to call from many threads."""

    @property
    def name(self) -> str:
        """Tells one space of vectors from another: vectors of different names must not meet in one index."""

    @property
    def dimensions(self) -> int: ...
    def query(self, text: str) -> Vector: ...
    def passages(self, texts: Sequence[str]) -> list[Vector]: ...


@dataclass(frozen=True, slots=True)
class Prompted:
    """A model that was trained to be told what it reads: a question or a passage."""

    model: Embedder
    query_prompt: str
    passage_prompt: str

    @property
    def name(self) -> str:
        return f"{self.model.name} | {self.query_prompt} | {self.passage_prompt}"

    @property
    def dimensions(self) -> int:
        return self.model.dimensions

    def query(self, text: str) -> Vector:
        return self.model.query(self.query_prompt + text)

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        return self.model.passages([self.passage_prompt + text for text in texts])


def embedder_for(settings: Embedding, folder: Path) -> Embedder:
    """Loads the model of these settings, which takes from half a second to many; `folder` keeps
    what is exported where the installation itself cannot.

    Raises ModelMissing.
    """
    model = _model(settings, folder)
    if settings.query_prompt or settings.passage_prompt:
        return Prompted(model, settings.query_prompt, settings.passage_prompt)
    return model


def _model(settings: Embedding, folder: Path) -> Embedder:
    if settings.model == CARRIED and settings.device == "cpu":
        from rag.retrieval.carried import carried_model, export_folder

        return carried_model(export_folder(folder))
    from rag.retrieval.named import NamedModel

    return NamedModel(settings.model, device=settings.device)
