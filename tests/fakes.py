"""Stand-ins for what needs weights or processes: an embedding model that counts words, a parser without a child."""

import math
from collections.abc import Callable, Sequence
from zlib import crc32

from rag.cancellation import Cancelled
from rag.ingest.extract import extract
from rag.ingest.parsing import Request
from rag.ingest.reporting import reporting
from rag.ingest.wire import Parsed
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


class DirectParser:
    """Parses in this process, without limits."""

    def parse(self, request: Request, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> Parsed:
        if cancelled():
            raise Cancelled
        with reporting(progress):
            return extract(request.name, request.path.read_bytes(), request.max_bytes)

    def close(self) -> None:
        pass
