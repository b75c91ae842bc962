"""Counters of the rate limits, shared by all processes. Expired ones are removed when another begins."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store.models import RateWindow, now


def grow(session: Session, key: str, *, seconds: float, amount: int) -> int:
    """Adds to a counter and gives its new count; one that is not there or has expired begins now."""
    running = update(RateWindow).where(RateWindow.key == key, RateWindow.expires_at > now())
    if session.execute(running.values(count=RateWindow.count + amount)).rowcount:  # type: ignore[attr-defined]
        return count(session, key)
    session.execute(delete(RateWindow).where(RateWindow.expires_at <= now()))
    session.add(RateWindow(key=key, count=amount, expires_at=now() + timedelta(seconds=seconds)))
    session.flush()
    return amount


def count(session: Session, key: str) -> int:
    """What a counter stands at; 0 when it is not there or has expired."""
    return session.scalar(select(RateWindow.count).where(RateWindow.key == key, RateWindow.expires_at > now())) or 0


def expiry(session: Session, key: str) -> datetime | None:
    """When a counter expires or has expired."""
    return session.scalar(select(RateWindow.expires_at).where(RateWindow.key == key))


def clear(session: Session, key: str | None = None) -> int:
    """Removes a counter, or all; gives how many there were."""
    gone = delete(RateWindow)
    removed = session.execute(gone if key is None else gone.where(RateWindow.key == key))
    return int(removed.rowcount)  # type: ignore[attr-defined]
