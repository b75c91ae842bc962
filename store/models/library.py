"""Documents: their text, earlier versions of it, chunks and tags, and what answers made of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.common import Model, now


class Document(Model):
    """A file someone added, once its text is known.

    A new version of the file takes the place of the old one in the same row: tags, switches and counts stay.
    """

    __tablename__ = "documents"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    title: Mapped[str]
    content_hash: Mapped[str] = mapped_column(unique=True)  # SHA-256 of the file, in hexadecimal
    size: Mapped[int]  # bytes
    pages: Mapped[int | None]
    characters: Mapped[int]
    added_by: Mapped[str | None]
    added_at: Mapped[datetime] = mapped_column(default=now)
    source: Mapped[str] = mapped_column(default="", server_default="", index=True)  # what tells a new version: a path
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    enabled: Mapped[bool] = mapped_column(default=True, server_default="1")
    findings: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # hidden text, pages without text, …


class DocumentText(Model):
    """The text of a document, apart from it: lists of documents should not drag their words along."""

    __tablename__ = "document_texts"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str]


class EarlierText(Model):
    """The text of a version that was replaced, kept while a footnote still points into it."""

    __tablename__ = "earlier_texts"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    replaced_at: Mapped[datetime] = mapped_column(default=now)


class DocumentTag(Model):
    """A word people sort documents by."""

    __tablename__ = "document_tags"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True, index=True)


class Chunk(Model):
    """What is indexed. `title`, `section` and `text` are the columns of the full-text index beside it.

    Ids are never used twice: a vector left behind by a deleted chunk must not speak for a new one.
    """

    __tablename__ = "chunks"
    __table_args__ = (
        UniqueConstraint("document_id", "ordinal"),
        Index(
            "ix_chunks_waiting",
            "id",
            sqlite_where=text("NOT embedded"),  # PostgreSQL's stands in the migration: here it would load its dialect
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    start: Mapped[int]  # span in characters of the document's text
    end: Mapped[int]
    title: Mapped[str]
    section: Mapped[str]
    page: Mapped[int | None]
    text: Mapped[str]
    embedded: Mapped[bool] = mapped_column(default=False)
    enabled: Mapped[bool] = mapped_column(default=True, server_default="1")
    held: Mapped[bool] = mapped_column(default=False, server_default="0")  # back by a guard, until somebody releases it


# In the index's own words: SQLite takes `embedded = 0`, which `~Chunk.embedded` becomes, for another condition and
# would read the whole table instead, twice a second in an idle app.
WAITING = text("NOT chunks.embedded")


class ChunkUse(Model):
    """A chunk that was found for an answer, and whether the answer cites it."""

    __tablename__ = "chunk_uses"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    chunk_id: Mapped[int | None] = mapped_column(ForeignKey("chunks.id", ondelete="SET NULL"), index=True)
    rank: Mapped[int]  # of its passage, from 1
    cited: Mapped[bool]


class ForgottenVector(Model):
    """A chunk that is gone from SQL, whose vector the index's owner has still to remove."""

    __tablename__ = "forgotten_vectors"

    chunk_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
