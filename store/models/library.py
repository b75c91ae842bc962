"""Documents, their text and chunks, and the files on their way in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.common import Model, now, one_of

ENTRY_STATES = ("queued", "reading", "embedding", "done", "known", "failed")


class Document(Model):
    """A file someone added, once its text is known."""

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


class DocumentText(Model):
    """The text of a document, apart from it: lists of documents should not drag their words along."""

    __tablename__ = "document_texts"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str]


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
            sqlite_where=text("NOT embedded"),
            postgresql_where=text("NOT embedded"),
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


class ForgottenVector(Model):
    """A chunk that is gone from SQL, whose vector the index's owner has still to remove."""

    __tablename__ = "forgotten_vectors"

    chunk_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Entry(Model):
    """A file on its way in: the queue that any process may add to and the index's owner works off."""

    __tablename__ = "entries"
    __table_args__ = (
        CheckConstraint(one_of("state", ENTRY_STATES), name="state"),
        Index(None, "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    content_hash: Mapped[str]
    size: Mapped[int]
    state: Mapped[str] = mapped_column(default="queued")
    attempts: Mapped[int] = mapped_column(default=0)  # how often a process died while reading it
    problem: Mapped[str | None]  # a sentence for people
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    added_by: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
