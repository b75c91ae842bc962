"""What the house keeps for itself: prompts, labels and small facts."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.models.common import Model, now


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
