"""The audit log: who looked at, exported or changed what."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries to show: those that fit all that is set."""

    actor: str | None = None
    act: str | None = None
    message_id: int | None = None
    since: date | None = None  # UTC, this day among them
    until: date | None = None  # likewise


@dataclass(frozen=True, slots=True)
class AuditRecord:
    id: int
    actor: str
    act: str
    conversation_id: str | None
    message_id: int | None
    detail: str
    created_at: datetime
