"""Keys of programs that use the HTTP API: only their hashes are kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from store.models import ClientKey, now
from store.records import ClientKeyRecord, ClientScope


def add(session: Session, name: str, key_hash: str, scopes: Sequence[ClientScope]) -> bool:
    """Keeps a new key; one that was revoked gives up its name. False when the name is taken."""
    row = session.scalar(select(ClientKey).where(ClientKey.name == name))
    if row is None:
        session.add(ClientKey(name=name, key_hash=key_hash, scopes=list(scopes)))
        return True
    if row.revoked_at is None:
        return False
    row.key_hash, row.scopes = key_hash, list(scopes)
    row.created_at, row.last_used_at, row.revoked_at = now(), None, None
    return True


def find(session: Session, key_hash: str) -> ClientKeyRecord | None:
    """The key with this hash, revoked or not."""
    row = session.scalar(select(ClientKey).where(ClientKey.key_hash == key_hash))
    return _record(row) if row else None


def listing(session: Session) -> list[ClientKeyRecord]:
    """All keys by name, revoked ones too."""
    return [_record(row) for row in session.scalars(select(ClientKey).order_by(ClientKey.name))]


def used(session: Session, key_id: int, at: datetime, *, every: timedelta) -> None:
    """Notes when a key was used, unless that was noted a moment ago."""
    last = ClientKey.last_used_at
    row = update(ClientKey).where(ClientKey.id == key_id, or_(last.is_(None), last < at - every))
    session.execute(row.values(last_used_at=at))


def revoke(session: Session, name: str) -> bool:
    """Ends a key; False when there is none of this name that still works."""
    row = session.scalar(select(ClientKey).where(ClientKey.name == name, ClientKey.revoked_at.is_(None)))
    if row is None:
        return False
    row.revoked_at = now()
    return True


def _record(row: ClientKey) -> ClientKeyRecord:
    return ClientKeyRecord(
        id=row.id,
        name=row.name,
        scopes=cast(tuple[ClientScope, ...], tuple(row.scopes)),
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
