"""Prompts: immutable versions, and labels that say which one is used."""

import hashlib

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.models import Prompt, PromptLabel
from store.records import PromptRecord

PRODUCTION = "production"


def keep(session: Session, name: str, text: str) -> PromptRecord:
    """Stores this text as the next version of a prompt, unless it is one already, and labels it for production."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    row = session.scalar(select(Prompt).where(Prompt.name == name, Prompt.content_hash == digest))
    if row is None:
        latest = session.scalar(select(func.max(Prompt.version)).where(Prompt.name == name)) or 0
        row = Prompt(name=name, version=latest + 1, text=text, content_hash=digest)
        session.add(row)
        session.merge(PromptLabel(name=name, label=PRODUCTION, version=row.version))
        session.flush()
    return PromptRecord(row.name, row.version, row.text)


def labelled(session: Session, name: str, label: str = PRODUCTION) -> PromptRecord | None:
    """The version of a prompt that stands under a label."""
    row = session.scalar(
        select(Prompt)
        .join(PromptLabel, (PromptLabel.name == Prompt.name) & (PromptLabel.version == Prompt.version))
        .where(PromptLabel.name == name, PromptLabel.label == label)
    )
    return PromptRecord(row.name, row.version, row.text) if row else None


def version(session: Session, reference: str) -> PromptRecord | None:
    """The version that a trace names, such as "answer@3"; None when it is not known."""
    name, _, number = reference.partition("@")
    if not number.isdigit():
        return None
    row = session.scalar(select(Prompt).where(Prompt.name == name, Prompt.version == int(number)))
    return PromptRecord(row.name, row.version, row.text) if row else None
