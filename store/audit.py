"""The audit log: kept when conversations are deleted, and without any words of theirs."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from store.models import AuditEntry, now
from store.records.auditing import AuditFilter, AuditRecord


def add(
    session: Session,
    actor: str,
    act: str,
    *,
    conversation_id: str | None = None,
    message_id: int | None = None,
    detail: str = "",
) -> None:
    session.add(AuditEntry(actor=actor, act=act, conversation_id=conversation_id, message_id=message_id, detail=detail))


def add_looks(session: Session, actor: str, act: str, looked_at: dict[int, str]) -> None:
    """Notes that somebody looked at these answers, each with its conversation."""
    at = now()
    if looked_at:
        rows = [
            {"actor": actor, "act": act, "conversation_id": one, "message_id": answer, "detail": "", "created_at": at}
            for answer, one in looked_at.items()
        ]
        session.execute(insert(AuditEntry), rows)


def lately(
    session: Session, actor: str, act: str, within: timedelta, *, detail: str = "", message_ids: Collection[int] = ()
) -> set[int | None]:
    """The answers about which the same was noted a short time ago; None for an entry about none."""
    query = select(AuditEntry.message_id).where(
        AuditEntry.created_at > now() - within,
        AuditEntry.actor == actor,
        AuditEntry.act == act,
        AuditEntry.detail == detail,
    )
    if message_ids:
        query = query.where(AuditEntry.message_id.in_(message_ids))
    return set(session.scalars(query))


def page(session: Session, wanted: AuditFilter, *, limit: int, offset: int = 0) -> list[AuditRecord]:
    """A page of entries, the latest first."""
    query = select(AuditEntry).where(*_fitting(wanted))
    newest = (AuditEntry.created_at.desc(), AuditEntry.id.desc())
    return [
        AuditRecord(row.id, row.actor, row.act, row.conversation_id, row.message_id, row.detail, row.created_at)
        for row in session.scalars(query.order_by(*newest).limit(limit).offset(offset))
    ]


def count(session: Session, wanted: AuditFilter) -> int:
    return session.scalar(select(func.count()).select_from(AuditEntry).where(*_fitting(wanted))) or 0


def actors(session: Session) -> list[str]:
    """Everybody of whom there are entries."""
    return list(session.scalars(select(AuditEntry.actor).distinct().order_by(AuditEntry.actor)))


def acts(session: Session) -> list[str]:
    """All kinds of entries that there are."""
    return list(session.scalars(select(AuditEntry.act).distinct().order_by(AuditEntry.act)))


def _fitting(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    same = {"actor": wanted.actor, "act": wanted.act, "message_id": wanted.message_id}
    asked: list[ColumnElement[bool]] = [
        getattr(AuditEntry, name) == value for name, value in same.items() if value is not None
    ]
    if wanted.since:
        asked.append(AuditEntry.created_at >= _begin(wanted.since))
    if wanted.until:
        asked.append(AuditEntry.created_at < _begin(wanted.until) + timedelta(days=1))
    return asked


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
