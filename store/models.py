"""The tables. SQL is the record of everything; the vector index is derived from it.

Only `store/` imports SQLAlchemy. Queries live beside this file, one file a noun, and hand out the frozen
dataclasses of `store/records.py`, so that nothing above ever holds a session or a row.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
ANSWER_STATES = ("writing", "answered", "not_found", "refused", "failed", "stopped", "interrupted")
ENTRY_STATES = ("queued", "reading", "embedding", "done", "known", "failed")


def now() -> datetime:
    """The present moment, with its zone."""
    return datetime.now(UTC)


def _one_of(column: str, values: tuple[str, ...]) -> str:
    quoted = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({quoted})"


class Moment(TypeDecorator[datetime]):
    """A point in time: UTC in the database (SQLite keeps no zone), aware in Python."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if value else None


class Model(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class Person(Model):
    """Somebody who asks. The id is a hash of their cookie, so that the database gives no cookie away."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Conversation(Model):
    """Questions and answers of one person, in order."""

    __tablename__ = "conversations"
    __table_args__ = (Index(None, "person_id", "updated_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    title: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)


class Message(Model):
    """A question, or an answer to one (`reply_to`). A question asked again has several answers."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint(_one_of("role", ("question", "answer")), name="role"),
        CheckConstraint("state IS NULL OR " + _one_of("state", ANSWER_STATES), name="state"),
        Index(None, "conversation_id", "id"),
        Index("ix_messages_writing", "state", sqlite_where=text("state = 'writing'")),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    role: Mapped[str]
    reply_to: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(default="")
    state: Mapped[str | None]
    owner: Mapped[str | None]  # the process that writes it, see rag/liveness.py
    writer: Mapped[str | None]
    degraded: Mapped[str | None]  # kind of the trouble behind a lesser answer, see rag/problems.py
    problem: Mapped[str | None]  # kind of the trouble behind a failed one
    follow_ups: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]


class Trace(Model):
    """Everything about one answer: enough to explain it and to ask it again in the same way."""

    __tablename__ = "traces"

    id: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), unique=True)
    query: Mapped[str]
    rewritten_by: Mapped[str | None]  # a model's name, or "rules"
    prompt: Mapped[str]  # "answer@3"
    passages: Mapped[list[Any]] = mapped_column(default=list)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    usage: Mapped[dict[str, Any]] = mapped_column(default=dict)
    timings_ms: Mapped[dict[str, Any]] = mapped_column(default=dict)
    notes: Mapped[list[Any]] = mapped_column(default=list)  # hand-overs, re-asks and findings, in order
    cost_usd: Mapped[float | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class Citation(Model):
    """A footnote. It keeps its words and its place, so that it still speaks when its document is gone."""

    __tablename__ = "citations"
    __table_args__ = (Index(None, "message_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    number: Mapped[int]
    quote: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"), index=True)
    document: Mapped[str]  # the title as it was
    section: Mapped[str]
    page: Mapped[int | None]
    start: Mapped[int]  # span in characters of the document's text
    end: Mapped[int]


class Feedback(Model):
    """A rating, with reasons, comment and correction. Changing it adds a row: one is current, all are kept."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint("rating IN (-1, 0, 1)", name="rating"),
        Index(
            "uq_feedback_current",
            "message_id",
            "person_id",
            unique=True,
            sqlite_where=text("current"),
            postgresql_where=text("current"),
        ),
        Index(None, "current", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    rating: Mapped[int] = mapped_column(default=0)  # 1, -1, or 0: taken back
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    comment: Mapped[str] = mapped_column(default="")
    correction: Mapped[str | None]
    current: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


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
        CheckConstraint(_one_of("state", ENTRY_STATES), name="state"),
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


class Prompt(Model):
    """A version of a prompt. Versions never change; a label says which one is used."""

    __tablename__ = "prompts"
    __table_args__ = (UniqueConstraint("name", "version"), UniqueConstraint("name", "content_hash"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    version: Mapped[int]
    text: Mapped[str]
    content_hash: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)


class PromptLabel(Model):
    """Which version of a prompt stands under a label, such as `production`."""

    __tablename__ = "prompt_labels"

    name: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]


class Fact(Model):
    """Small facts the house keeps about itself, such as whether the samples were loaded."""

    __tablename__ = "facts"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]
