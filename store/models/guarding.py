"""What guards found, what people say about it, how drafts did, and examples for the prompt."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.models.common import Model, now, one_of

STANDS = ("question", "document", "passage", "stream", "answer")
ACTIONS = ("allow", "flag", "mask", "ask_again", "refuse")


class GuardFinding(Model):
    """One thing a guard saw in a question, an answer or a chunk, and what was done about it."""

    __tablename__ = "guard_findings"
    __table_args__ = (
        CheckConstraint(one_of("stand", STANDS), name="stand"),
        CheckConstraint(one_of("action", ACTIONS), name="action"),
        CheckConstraint("verdict IS NULL OR " + one_of("verdict", ("right", "wrong")), name="verdict"),
        Index(None, "guard", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stand: Mapped[str]
    guard: Mapped[str]
    what: Mapped[str]
    why: Mapped[str]  # in words for readers
    start: Mapped[int | None]  # span in characters of the text it was found in; none: all of it
    end: Mapped[int | None]
    sure: Mapped[float]  # 0 to 1
    action: Mapped[str]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)  # answer
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    chunk_id: Mapped[int | None] = mapped_column(ForeignKey("chunks.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[str | None]  # of a reviewer: was the guard right?
    reviewed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


class GuardReview(Model):
    """A question for reviewers: was it harmless? Asked of refusals that readers appeal, and of a sample of the rest."""

    __tablename__ = "guard_reviews"
    __table_args__ = (
        CheckConstraint(one_of("kind", ("appeal", "sample")), name="kind"),
        CheckConstraint("verdict IS NULL OR " + one_of("verdict", ("fine", "attack")), name="verdict"),
        Index(None, "verdict", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), unique=True)  # the answer
    kind: Mapped[str]
    verdict: Mapped[str | None]
    reviewed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class ModelDraft(Model):
    """How one answer of a model did before the validation: valid at once, after one re-ask, or not at all."""

    __tablename__ = "model_drafts"
    __table_args__ = (
        CheckConstraint(one_of("outcome", ("valid", "mended", "unusable")), name="outcome"),
        Index(None, "model", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    model: Mapped[str]
    outcome: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)


class Example(Model):
    """An approved answer that prompts show to models: the question, the passages as they were, and the whole draft."""

    __tablename__ = "examples"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), unique=True)
    question: Mapped[str]
    passages: Mapped[list[Any]]  # {"document", "text"}, in the order of their numbers
    draft: Mapped[dict[str, Any]]
    enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
