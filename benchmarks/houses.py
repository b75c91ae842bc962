"""The real house over a folder of its own, filled with the samples or with SQuAD, its vectors kept between runs."""

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.data import Paragraph
from benchmarks.measuring import RESULTS
from rag.bootstrap import build
from rag.house import House
from rag.problems import Kind
from rag.retrieval.embedding import CARRIED, Embedder, Vector, embedder_for
from rag.retrieval.search import Meaning, Retriever
from rag.settings import Embedding, Limits, Settings
from store import documents
from store.documents import NewChunk, NewDocument
from store.engine import Database

CACHE = RESULTS / "cache" / "vectors.db"
MODELS = RESULTS / "cache" / "models"
GAP = "\n\n"
Fill = Callable[[House], object]


def carried() -> Embedder:
    """The carried model, its export kept between runs."""
    return embedder_for(Embedding(), MODELS)


class KeptVectors:
    """The carried model, asked only for texts it was never asked for before: it makes 13 to 30 chunks a second."""

    name = CARRIED
    dimensions = 384

    def __init__(self) -> None:
        CACHE.parent.mkdir(parents=True, exist_ok=True)
        self._kept = sqlite3.connect(CACHE, check_same_thread=False, isolation_level=None, timeout=60)
        self._kept.execute("PRAGMA journal_mode = WAL")
        self._kept.execute("CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
        self._model: Embedder | None = None
        self._turn = threading.Lock()

    def query(self, text: str) -> Vector:
        return self.passages([text])[0]

    def passages(self, texts: Sequence[str]) -> list[Vector]:
        with self._turn:
            keys = [hashlib.sha256(f"{self.name}\n{text}".encode()).digest() for text in texts]
            found = {key: vector for key in set(keys) if (vector := self._get(key)) is not None}
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
            if missing:
                found |= self._embed(missing)
            return [found[key] for key in keys]

    def prepare(self, texts: Sequence[str], *, batch: int = 256) -> None:
        """Embeds many texts together, the short ones with the short ones."""
        ordered = sorted(set(texts), key=len)
        for start in range(0, len(ordered), batch):
            self.passages(ordered[start : start + batch])

    def model(self) -> Embedder:
        self._model = self._model or carried()
        return self._model

    def _get(self, key: bytes) -> Vector | None:
        row = self._kept.execute("SELECT vector FROM vectors WHERE text = ?", (key,)).fetchone()
        return np.frombuffer(row[0], dtype=np.float32).tolist() if row else None

    def _embed(self, missing: dict[bytes, str]) -> dict[bytes, Vector]:
        made = dict(zip(missing, self.model().passages(list(missing.values())), strict=True))
        rows = [(key, np.asarray(vector, dtype=np.float32).tobytes()) for key, vector in made.items()]
        self._kept.execute("BEGIN")
        self._kept.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)
        self._kept.execute("COMMIT")
        return made


class FreshQueries(KeptVectors):
    """Keeps the vectors of passages, but embeds every query: for where its time is measured."""

    def __init__(self) -> None:
        super().__init__()
        self.model()

    def query(self, text: str) -> Vector:
        return self.model().query(text)


class WordsOnly:
    """Search as it is while the vectors warm up."""

    def meaning(self) -> Meaning | None:
        return None

    def why_no_meaning(self) -> Kind:
        return "vectors_warming"

    def report_damage(self, broken: Meaning) -> None:
        """There are no vectors to be damaged."""


def foreign_settings_out() -> None:
    """What is measured are the defaults, not the settings of whoever measures."""
    kept = ("FOOTNOTE_BENCH_DATA", "FOOTNOTE_CHROMIUM")
    for name in list(os.environ):
        if name.startswith(("FOOTNOTE_", "OPENAI_")) and name not in kept:
            del os.environ[name]


@contextmanager
def opened(fill: Fill, *, embedder: Callable[[], Embedder] = KeptVectors, **settings: object) -> Iterator[House]:
    """A warm house of the default settings with these changes, filled and with all its vectors."""
    with TemporaryDirectory(prefix="footnote-bench-") as folder:
        os.environ["FOOTNOTE_CONFIG"] = str(Path(folder) / "none.toml")
        house = build(
            Settings(data_dir=Path(folder) / "data", **({"limits": Limits(questions_per_minute=0)} | settings)),
            embedder=lambda _: embedder(),
        )  # type: ignore[arg-type]
        try:
            fill(house)
            house.warmup.start()
            house.warmup.wait_for_meaning()
            while house.worker.step():
                pass
            yield house
        finally:
            house.close()


def samples(house: House) -> None:
    """Fills a house with the demo's documents."""
    house.load_samples()


def articles(paragraphs: Sequence[Paragraph]) -> Fill:
    """Fills a house with SQuAD: a document an article, a chunk a paragraph."""

    return lambda house: shelve(house.database, paragraphs)


def shelve(database: Database, paragraphs: Sequence[Paragraph]) -> None:
    """Stores paragraphs as chunks, a document an article."""
    by_article: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        by_article.setdefault(paragraph.article, []).append(paragraph)
    with database.write() as session:
        for title, own in by_article.items():
            documents.add(session, _document(title, own))


def loose(passages: Sequence[Paragraph]) -> Fill:
    """Fills a house with passages, each a document of one chunk without a title."""

    def fill(house: House) -> None:
        with house.database.write() as session:
            for passage in passages:
                documents.add(session, _document("", [passage]))

    return fill


def retriever(house: House, *, with_vectors: bool = True) -> Retriever:
    """The search of a house."""
    return Retriever(house.database, house.warmup if with_vectors else WordsOnly(), house.settings.retrieval)


def _document(title: str, paragraphs: Sequence[Paragraph]) -> NewDocument:
    text = GAP.join(paragraph.text for paragraph in paragraphs)
    chunks, start = [], 0
    for ordinal, paragraph in enumerate(paragraphs):
        end = start + len(paragraph.text)
        chunks.append(NewChunk(ordinal, start, end, title, None))
        start = end + len(GAP)
    return NewDocument(
        name=f"{title}.txt",
        title=title,
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        size=len(text),
        pages=None,
        text=text,
        chunks=chunks,
    )
