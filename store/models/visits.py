"""What readers do: their visits, the actions that hint at how an answer served them, sources that disagree."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.models.common import Model, now, one_of

SIGNALS = ("copied", "citation_opened", "follow_up", "asked_again", "rephrased", "stopped", "left", "returned")
CONFLICTS = ("number", "date", "older")


class Visit(Model):
    """A person's questions with no more than half an hour between them."""

    __tablename__ = "visits"
    __table_args__ = (Index(None, "person_id", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    started_at: Mapped[datetime] = mapped_column(default=now)
    last_at: Mapped[datetime] = mapped_column(default=now)  # the latest question
    day: Mapped[date] = mapped_column(index=True)  # it began on, UTC
    questions: Mapped[int] = mapped_column(default=0)
    returned: Mapped[bool] = mapped_column(default=False)  # within a week there was another one


class Signal(Model):
    """Something a reader did with an answer, and how often."""

    __tablename__ = "signals"
    __table_args__ = (CheckConstraint(one_of("kind", SIGNALS), name="kind"),)

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=1)
    detail: Mapped[str] = mapped_column(default="")  # the footnote opened, never words
    first_at: Mapped[datetime] = mapped_column(default=now)
    last_at: Mapped[datetime] = mapped_column(default=now)


class SourceConflict(Model):
    """Two cited passages that disagree, or one that is older than what there is now."""

    __tablename__ = "source_conflicts"
    __table_args__ = (CheckConstraint(one_of("kind", CONFLICTS), name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    first: Mapped[int]  # number of a citation
    second: Mapped[int | None]  # of the other one; none: it is not cited
    first_words: Mapped[str]
    second_words: Mapped[str]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"), index=True)
    why: Mapped[str]  # in words for readers
    created_at: Mapped[datetime] = mapped_column(default=now)
