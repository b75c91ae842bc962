"""Vectors kept in memory as well."""

from collections.abc import Sequence
from functools import lru_cache

from benchmarks.houses import KeptVectors
from rag.retrieval.embedding import Vector


class Remembered:
    """Vectors in memory: the same sentences are compared again with every variation."""

    name = KeptVectors.name

    def __init__(self) -> None:
        self._kept = KeptVectors()
        self._one = lru_cache(maxsize=None)(lambda text: self._kept.query(text))

    def prepare(self, texts: Sequence[str]) -> None:
        self._kept.prepare(texts)

    def query(self, text: str) -> Vector:
        return self._one(text)

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        return [self._one(text) for text in texts]
