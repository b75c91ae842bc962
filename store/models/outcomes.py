"""What becomes of feedback: approved texts, test cases, verified answers, tasks about documents, topics."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from store.models.common import Model, now, one_of

VERIFIED_STATES = ("live", "expired", "off")
TASK_KINDS = ("missing", "outdated", "contradicting")
TASK_STATUSES = ("open", "done", "dropped")


class ApprovedAnswer(Model):
    """The text of an answer as a reviewer approved it: as it was, as its reader corrected it, or edited."""

    __tablename__ = "approved_answers"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str]
    by: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Judgement(Model):
    """What a model that judges said of an answer, so that it is asked once. Another judge's takes its place."""

    __tablename__ = "judgements"
    __table_args__ = (Index(None, "judge"),)

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    judge: Mapped[str]  # the model's name and its prompt's version: "hosted judge@1"
    faithful: Mapped[bool]  # to the passages
    useful: Mapped[bool]  # to who asked
    created_at: Mapped[datetime] = mapped_column(default=now)


class Case(Model):
    """A question with what a right answer rests on and says."""

    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), unique=True)
    dataset: Mapped[str] = mapped_column(default="feedback", index=True)
    question: Mapped[str]
    answerable: Mapped[bool] = mapped_column(default=True)  # from the documents
    sources: Mapped[list[Any]] = mapped_column(default=list)  # {"document_id", "document", "quote"}
    facts: Mapped[list[Any]] = mapped_column(default=list)  # words that the answer has to hold
    by: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)


class VerifiedAnswer(Model):
    """An answer a reviewer vouches for: served at once to questions like its own, until one of its sources changes."""

    __tablename__ = "verified_answers"
    __table_args__ = (CheckConstraint(one_of("state", VERIFIED_STATES), name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), unique=True)
    question: Mapped[str]  # that stands alone
    text: Mapped[str]
    citations: Mapped[list[Any]] = mapped_column(default=list)  # as in the answer's footnotes
    sources: Mapped[list[Any]] = mapped_column(default=list)  # {"document_id", "hash"}: the chunks they stand in
    state: Mapped[str] = mapped_column(default="live", index=True)
    expired_why: Mapped[str] = mapped_column(default="")
    by: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    served: Mapped[int] = mapped_column(default=0)
    served_at: Mapped[datetime | None]


class DocumentTask(Model):
    """Something to be done about the documents, in the words of an analyst."""

    __tablename__ = "document_tasks"
    __table_args__ = (
        CheckConstraint(one_of("kind", TASK_KINDS), name="kind"),
        CheckConstraint(one_of("status", TASK_STATUSES), name="status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"), index=True)
    status: Mapped[str] = mapped_column(default="open", index=True)
    assignee: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    by: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]


class Topic(Model):
    """Questions of like meaning. Its label is made of words that many of them share, never of one person's question."""

    __tablename__ = "topics"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]
    terms: Mapped[list[Any]] = mapped_column(default=list)
    centre: Mapped[bytes] = mapped_column(LargeBinary)  # the mean of its questions' vectors, 16-bit floats
    named_by: Mapped[str | None]  # who gave it its label; none: it was found
    created_at: Mapped[datetime] = mapped_column(default=now)


class QuestionVector(Model):
    """Where a question stands by its meaning, so that it is embedded once."""

    __tablename__ = "question_vectors"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    model: Mapped[str]  # vectors of another one cannot be compared
    vector: Mapped[bytes] = mapped_column(LargeBinary)  # of length one, 16-bit floats
