"""Stand-ins for what needs weights: an embedding model that only counts words."""

import math
from collections.abc import Sequence
from zlib import crc32

from rag.retrieval.embedding import Vector
from rag.retrieval.terms import stems


class HashEmbedder:
    """A bag of stems, hashed: texts that share words are close, others stand at right angles."""

    name = "hash"
    dimensions = 384

    def query(self, text: str) -> Vector:
        return self.passages([text])[0]

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        return [_vector(stems(text)) for text in texts]


def _vector(held: set[str]) -> Vector:
    counts = [0.0] * HashEmbedder.dimensions
    for stem in held or {""}:
        counts[crc32(stem.encode()) % HashEmbedder.dimensions] += 1
    length = math.hypot(*counts)
    return [count / length for count in counts]
