"""Who asks, and what is said: people, conversations, questions and answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.common import Model, now, one_of

ANSWER_STATES = ("writing", "answered", "not_found", "refused", "failed", "stopped", "interrupted")


class Person(Model):
    """Somebody who asks. The id is a hash of their cookie, so that the database gives no cookie away."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]  # as they call themselves where colleagues see them
    consent: Mapped[bool | None]  # to their actions being noted; none: they did not say
    demo: Mapped[bool] = mapped_column(default=False, server_default="0")  # invented, see rag/demo
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
        CheckConstraint(one_of("role", ("question", "answer")), name="role"),
        CheckConstraint("state IS NULL OR " + one_of("state", ANSWER_STATES), name="state"),
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
    sentences: Mapped[int | None]  # that claim something, as far as they were looked at
    supported: Mapped[int | None]  # of these
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
