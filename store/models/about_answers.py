"""What is kept about an answer: its trace, its footnotes and what readers said."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.common import Model, now


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
    parts: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # which words came from whom
    support: Mapped[list[Any]] = mapped_column(
        default=list, server_default="[]"
    )  # of each sentence: span, verdict, why
    scores: Mapped[dict[str, Any]] = mapped_column(
        default=dict, server_default="{}"
    )  # how sure guards were: stand/guard
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
    version: Mapped[int] = mapped_column(default=1, server_default="1")  # of the document, when it was cited


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
            sqlite_where=text("current"),  # PostgreSQL's stands in the migration: here it would load its dialect
        ),
        Index(None, "current", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    rating: Mapped[int] = mapped_column(default=0)  # 1, -1, or 0: taken back
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    comment: Mapped[str] = mapped_column(default="")
    correction: Mapped[str | None]
    diff: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # from the answer to its correction
    sources: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # wrong footnotes
    current: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
