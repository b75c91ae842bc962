"""The catalogue: documents as people look at them, with tags, switches, chunks, and what answers made of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.ingest.naming import tidied
from store import catalogue, chunks, documents, quarantine, texts, uses
from store.engine import Database
from store.records import ChunkRecord, DocumentRecord, FindingRecord, UseCounts, Wanted


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document with everything its own page shows."""

    record: DocumentRecord
    text: str
    chunks: tuple[ChunkRecord, ...]
    chunk_uses: dict[int, tuple[int, int]]  # chunk id → how often it was found, how often cited
    uses: UseCounts
    found: dict[int, list[FindingRecord]] = field(default_factory=dict)  # chunk id → what guards found in it


class Catalogue:
    """Looks documents up and changes what is said about them. Safe to use from many threads. Raises Unavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def browse(self, wanted: Wanted, *, limit: int, offset: int = 0) -> tuple[list[DocumentRecord], int]:
        """A page of the documents that are wanted, and how many they are in all."""
        with self._database.read() as session:
            return catalogue.browse(session, wanted, limit=limit, offset=offset)

    def open(self, document_id: int) -> ShownDocument | None:
        """A document whole; None when it is gone."""
        with self._database.read() as session:
            record = catalogue.find(session, document_id)
            if record is None:
                return None
            return ShownDocument(
                record=record,
                text=texts.whole(session, document_id) or "",
                chunks=tuple(chunks.of_document(session, document_id)),
                chunk_uses=uses.by_chunk(session, document_id),
                uses=uses.of_document(session, document_id),
                found=quarantine.of_document(session, document_id),
            )

    def tags(self) -> dict[str, int]:
        """All tags, and how many documents bear each."""
        with self._database.read() as session:
            return catalogue.tags(session)

    def tag(self, document_id: int, words: Sequence[str]) -> None:
        """Makes these the document's tags, tidied. Nothing happens to a document that is gone."""
        with self._database.write() as session:
            if catalogue.find(session, document_id) is not None:
                catalogue.tag(session, document_id, tidied(words))

    def switch_document(self, document_id: int, *, enabled: bool) -> None:
        """Lets a document answer, or not."""
        with self._database.write() as session:
            documents.switch(session, document_id, enabled=enabled)

    def switch_chunk(self, chunk_id: int, *, enabled: bool) -> None:
        """Lets a chunk answer, or not."""
        with self._database.write() as session:
            chunks.switch(session, chunk_id, enabled=enabled)

    def held_back(self) -> tuple[int, int]:
        """How many chunks guards hold back, in how many documents."""
        with self._database.read() as session:
            return quarantine.count(session)

    def held_in(self, document_ids: Sequence[int]) -> dict[int, int]:
        """How many chunks of each of these documents are held back; those with none are left out."""
        with self._database.read() as session:
            return quarantine.held_in(session, document_ids)

    def release_chunk(self, chunk_id: int) -> None:
        """Lets a chunk answer that a guard holds back."""
        with self._database.write() as session:
            quarantine.release(session, chunk_id)

    def remove_chunk(self, chunk_id: int) -> None:
        """Takes a chunk that a guard holds back out of the library, for good."""
        with self._database.write() as session:
            quarantine.remove(session, chunk_id)
