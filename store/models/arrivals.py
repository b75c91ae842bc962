"""Files on their way in."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.models.common import Model, now, one_of

ENTRY_STATES = ("queued", "reading", "splitting", "embedding", "done", "known", "failed", "cancelled")


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
    source: Mapped[str] = mapped_column(default="", server_default="")
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("entries.id", ondelete="CASCADE"), index=True
    )  # its archive
    tags: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    notice: Mapped[str | None]  # what became of it, where that is not plain: "version 2", "12 files in it"
    parts_done: Mapped[int] = mapped_column(default=0, server_default="0")  # pages, slides, sheets
    parts: Mapped[int] = mapped_column(default=0, server_default="0")
    reading_since: Mapped[datetime | None]
    cancelling: Mapped[bool] = mapped_column(default=False, server_default="0")
