"""The analysts' inbox: an item an answer, its facets, its history, replies, saved filters, and who looked at what."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.models.common import Model, now, one_of

STATUSES = ("new", "in_review", "fixed", "wont_fix")
FACETS = ("reason", "signal", "guard", "document", "conflict", "tag")
DUES = ("mask", "refresh")


class ReviewItem(Model):
    """An answer as analysts count and sort it: no words, one narrow row.

    `status`, `assignee` and `topic_id` are its own; all else is derived, and written anew in the transaction that
    changes what it is derived from (store/items.py).
    """

    __tablename__ = "review_items"
    __table_args__ = (
        CheckConstraint(one_of("status", STATUSES), name="status"),
        Index(None, "status", "worth", "message_id"),
        Index(None, "worth", "message_id"),
        Index(None, "topic_id", "day"),
        Index(None, "prompt", "day"),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visits.id", ondelete="SET NULL"), index=True)
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    day: Mapped[date] = mapped_column(index=True)  # UTC
    state: Mapped[str]  # of the answer
    writer: Mapped[str | None]
    prompt: Mapped[str] = mapped_column(default="")  # "answer@3"
    rating: Mapped[int] = mapped_column(default=0)
    corrected: Mapped[bool] = mapped_column(default=False)
    appealed: Mapped[bool] = mapped_column(default=False)  # refused, and its reader says the question was fine
    support: Mapped[str | None]  # of its weakest sentence; none: nothing claimed, or not looked at
    sentences: Mapped[int] = mapped_column(default=0)
    supported: Mapped[int] = mapped_column(default=0)
    resolved: Mapped[bool] = mapped_column(default=False)  # see store/items.py
    worth: Mapped[int] = mapped_column(default=0)  # how much reading it is worth
    status: Mapped[str] = mapped_column(default="new")
    assignee: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    first_ms: Mapped[float | None]  # from the question to its first text
    total_ms: Mapped[float | None]
    cost_usd: Mapped[float | None]
    input_tokens: Mapped[int] = mapped_column(default=0)
    output_tokens: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(default=now)


class ItemFacet(Model):
    """Something an item can be found by. Tags are people's own words; the other kinds are derived like the item."""

    __tablename__ = "item_facets"
    __table_args__ = (
        CheckConstraint(one_of("kind", FACETS), name="kind"),
        Index(None, "kind", "label", "message_id"),
        {"sqlite_with_rowid": False},
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("review_items.message_id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)  # of a document its id


class ItemDue(Model):
    """An item to be looked at again behind the pages: its words are to be masked, or all that is derived made anew."""

    __tablename__ = "items_due"
    __table_args__ = (CheckConstraint(one_of("what", DUES), name="what"),)

    message_id: Mapped[int] = mapped_column(ForeignKey("review_items.message_id", ondelete="CASCADE"), primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(default=now)  # since when; what came due again meanwhile has another


class ReviewEvent(Model):
    """What was done with an item, notes included: its history."""

    __tablename__ = "review_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    actor: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str]  # status, assignee, note, tag, approved, case, example, verified, task, reply, …
    detail: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)


class SavedFilter(Model):
    """A way of looking at the inbox that somebody gave a name."""

    __tablename__ = "saved_filters"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    wanted: Mapped[dict[str, Any]]
    # Whose it is; nobody's are shared by all.
    owner: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    by: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Reply(Model):
    """A reviewer's words to the reader who reported something; shown under the answer in the chat."""

    __tablename__ = "replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    by: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime | None]  # by the reader


class AuditEntry(Model):
    """Who looked at, exported or changed what: no words, and nothing that goes when a conversation is deleted."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    actor: Mapped[str]  # a person's id
    act: Mapped[str]  # looked, exported, …
    conversation_id: Mapped[str | None]
    message_id: Mapped[int | None]
    detail: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
