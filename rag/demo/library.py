"""Where the words that demo answers quote stand in the library, as far as the sample documents are there."""

from dataclasses import dataclass
from typing import Any

from rag.demo.material import Material
from store import catalogue, chunks, texts
from store.engine import Database
from store.records import ChunkRecord, DocumentRecord


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands; without a document it is one that was deleted since."""

    quote: str
    title: str
    document_id: int | None = None
    version: int = 1
    start: int = 0  # span in characters of the document's text
    end: int = 0
    chunk: ChunkRecord | None = None  # it begins in
    beside: tuple[ChunkRecord, ...] = ()  # others of its document

    def citation(self, number: int) -> dict[str, Any]:
        """A footnote's row."""
        return {
            "number": number,
            "quote": self.quote,
            "document_id": self.document_id,
            "document": self.title,
            "section": self.chunk.section if self.chunk else "",
            "page": self.chunk.page if self.chunk else None,
            "start": self.start,
            "end": self.end,
            "version": self.version,
        }

    def passages(self) -> list[tuple[ChunkRecord, str]]:
        """The chunks a search would have found for it, the best first, with their document's title."""
        found = (self.chunk, *self.beside) if self.chunk else ()
        return [(chunk, self.title) for chunk in found]


class Shelf:
    """The places of all quotes, looked up once."""

    def __init__(self, database: Database, material: Material) -> None:
        wanted: dict[str, set[str]] = {}
        for fact in material.facts:
            wanted.setdefault(fact.now.document, set()).update((fact.now.quote, fact.more))
            if fact.old:
                wanted.setdefault(fact.old.document, set()).add(fact.old.quote)
        with database.read() as session:
            there = {record.name: record for record in catalogue.listing(session)}
            read = {
                name: (texts.whole(session, there[name].id) or "", chunks.of_document(session, there[name].id))
                for name in wanted
                if name in there
            }
        self._places = {
            (name, quote): _place(there.get(name), name, quote, *read.get(name, ("", [])))
            for name, quotes in wanted.items()
            for quote in quotes
        }

    def place(self, document: str, quote: str) -> Place:
        """Where these words of the material stand."""
        return self._places[document, quote]


def _place(record: DocumentRecord | None, name: str, quote: str, text: str, found: list[ChunkRecord]) -> Place:
    start = text.find(quote) if quote else -1
    if record is None or start < 0:
        return Place(quote, record.title if record else name.rpartition(".")[0])
    at = next((chunk for chunk in found if chunk.start <= start < chunk.end), None)
    beside = tuple(chunk for chunk in found if chunk is not at)[:3]
    return Place(quote, record.title, record.id, record.version, start, start + len(quote), at, beside)
