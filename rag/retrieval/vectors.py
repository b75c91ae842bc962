"""Vectors by chunk id. The only place that knows Chroma.

The embedded index tolerates one process: whoever opens it must hold the house's lock (see rag/liveness.py). SQL is
the record; whatever is lost here is filled in again from there.

Damaged      the index does not answer; remove its folder and fill it again
"""

import contextlib
import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Protocol

from rag.retrieval.embedding import Vector

COLLECTION = "chunks"
_ROOM = 1_000_000  # bytes; with less of it the embedded index cannot be opened
log = logging.getLogger(__name__)


class Damaged(Exception):
    """The index is there but cannot be used."""


@dataclass(frozen=True, slots=True)
class Near:
    chunk_id: int
    cosine: float


class VectorIndex(Protocol):
    def add(self, chunk_ids: Sequence[int], vectors: Sequence[Vector]) -> None: ...
    def remove(self, chunk_ids: Sequence[int]) -> None: ...
    def search(self, vector: Vector, limit: int) -> list[Near]: ...
    def count(self) -> int: ...
    def ids(self) -> set[int]: ...
    def beside(self, collection: str) -> "VectorIndex": ...
    def collections(self) -> set[str]: ...
    def drop(self, collection: str) -> None: ...
    def close(self) -> None: ...


class ChromaIndex:
    """A collection with cosine distance, embedded in `folder` or on the server at `url`."""

    def __init__(self, folder: Path, url: str = "", collection: str = COLLECTION) -> None:
        import chromadb
        from chromadb.config import Settings
        from chromadb.errors import ChromaError

        # AttributeError: a client that another thread closed meanwhile has lost its bindings.
        self._errors: tuple[type[Exception], ...] = (ChromaError, ValueError, RuntimeError, OSError, AttributeError)
        settings = Settings(anonymized_telemetry=False)
        if url:
            self._client: Any = chromadb.HttpClient(**_address(url), settings=settings)
        else:
            self._client = chromadb.PersistentClient(path=str(folder), settings=settings)
        self._open(collection)

    def beside(self, collection: str) -> "ChromaIndex":
        """Another index of the same client, made if it is not there. Raises Damaged."""
        other = ChromaIndex.__new__(ChromaIndex)
        other._errors, other._client = self._errors, self._client
        with self._damage():
            other._open(collection)
        return other

    def collections(self) -> set[str]:
        """The names of all indexes of this client that are ours. Raises Damaged."""
        with self._damage():
            names = {collection.name for collection in self._client.list_collections()}
        return {name for name in names if name.split("-")[0] == COLLECTION}

    def drop(self, collection: str) -> None:
        """Removes another index; nothing happens if there is none. Raises Damaged."""
        from chromadb.errors import NotFoundError

        with self._damage(), contextlib.suppress(NotFoundError):
            self._client.delete_collection(collection)

    def _open(self, collection: str) -> None:
        self._collection = self._client.get_or_create_collection(
            collection, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def add(self, chunk_ids: Sequence[int], vectors: Sequence[Vector]) -> None:
        """Keeps these vectors, instead of older ones of the same chunks. Raises Damaged."""
        with self._damage():
            self._collection.upsert(ids=[str(i) for i in chunk_ids], embeddings=[list(v) for v in vectors])

    def remove(self, chunk_ids: Sequence[int]) -> None:
        """Forgets the vectors of these chunks. Raises Damaged."""
        with self._damage():
            self._collection.delete(ids=[str(i) for i in chunk_ids])

    def search(self, vector: Vector, limit: int) -> list[Near]:
        """The nearest chunks, the best first. Raises Damaged."""
        with self._damage():
            found = self._collection.query(query_embeddings=[list(vector)], n_results=limit, include=["distances"])
        return [Near(int(i), 1 - d) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def count(self) -> int:
        """How many vectors there are. Raises Damaged."""
        with self._damage():
            return int(self._collection.count())

    def ids(self) -> set[int]:
        """The chunks that have a vector. Raises Damaged."""
        with self._damage():
            return {int(i) for i in self._collection.get(include=[])["ids"]}

    def close(self) -> None:
        """Lets go of the files; without this, Chroma hands out the same broken index for the same folder again."""
        self._client.close()
        self._client.clear_system_cache()

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except self._errors as error:
            raise Damaged(str(error)[:300]) from error


def open_index(folder: Path, url: str = "", *, dimensions: int, collection: str = COLLECTION) -> ChromaIndex:
    """Opens the index and asks it something, since a broken one may still count. A damaged one is replaced by an empty,
    and so is one whose vectors have another number of dimensions. Raises OSError when the disk is full.

    One of 36 hard kills left an embedded index that answers every query with an error. What is missing in an index is
    filled in again from SQL, see rag/bootstrap.py.
    """
    import chromadb  # noqa: F401 - here: a library that cannot be imported says nothing about the files

    try:
        index = ChromaIndex(folder, url, collection)
        index.search([1.0] + [0.0] * (dimensions - 1), 1)
        index.ids()
    except Exception:  # Chroma's Rust core raises its own kinds; a server's trouble is not ours to mend
        if url:
            raise
        _check_room(folder.parent)
        log.exception("The vector index in %s is damaged; it is removed and filled again from SQL", folder)
        _clear_cache()
        folder.unlink() if folder.is_file() else shutil.rmtree(folder, ignore_errors=True)
        return ChromaIndex(folder, collection=collection)
    return index


def _check_room(folder: Path) -> None:
    """Raises OSError where nothing can be written: an index that cannot be opened there may be whole."""
    with TemporaryFile(dir=folder) as file:
        file.write(bytes(_ROOM))


def _clear_cache() -> None:
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()


def _address(url: str) -> dict[str, Any]:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    secure = parts.scheme == "https"
    return {"host": parts.hostname or "localhost", "port": parts.port or (443 if secure else 8000), "ssl": secure}
