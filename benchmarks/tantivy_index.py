"""The same chunks in tantivy, an index of its own in Rust: what FTS5 is compared with. Not a dependency."""

import importlib.util
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import text

from store.engine import Database


class TantivyIndex:
    """bm25 with English stemming, all words of a query joined by OR.

    Title, section and text are one field: as three, each with its own statistics, a word in a title outweighed all.
    """

    def __init__(self, index: Any, seconds: float, megabytes: float) -> None:
        self._index, self.seconds, self.megabytes = index, seconds, megabytes
        self._searcher = index.searcher()

    @classmethod
    def made(cls, database: Database, folder: Path) -> "TantivyIndex | None":
        """Indexes all chunks of a database; None where the package is not installed."""
        if importlib.util.find_spec("tantivy") is None:
            return None
        import tantivy  # type: ignore[import-not-found, unused-ignore]

        begin = time.perf_counter()
        folder.mkdir()
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("id", stored=True)
        schema.add_text_field("text", tokenizer_name="en_stem")
        index = tantivy.Index(schema.build(), path=str(folder))
        writer = index.writer(100_000_000, 1)
        with database.read() as session:
            for row in session.execute(text("SELECT id, title, section, text FROM chunks")):
                whole = f"{row.title}\n{row.section}\n{row.text}"
                writer.add_document(tantivy.Document(id=row.id, text=whole))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        size = sum(path.stat().st_size for path in folder.iterdir())
        return cls(index, time.perf_counter() - begin, size / 1e6)

    def search(self, words: Sequence[str], limit: int) -> list[int]:
        """Chunk ids, the best first."""
        wanted = " OR ".join(f'"{word}"' for word in words)
        query = self._index.parse_query(wanted, ["text"])
        hits = self._searcher.search(query, limit).hits
        return [self._searcher.doc(address)["id"][0] for _, address in hits]
