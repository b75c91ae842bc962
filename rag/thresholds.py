"""Thresholds of guards that reviewers have saved: in SQL for all processes, with who changed what, and when."""

import logging
import threading
import time
from datetime import UTC, datetime
from typing import Any

from store import facts
from store.engine import Database, Unavailable

THRESHOLDS = "guard_thresholds"  # the fact: "stand/guard" → threshold
CHANGES = "guard_threshold_changes"  # the fact: {"latest": [who changed what, and when; the latest first]}
CHANGES_KEPT = 50
FRESH_S = 5.0  # how long they are used before another process' change is looked for
log = logging.getLogger(__name__)


class Thresholds:
    """Keeps them. Safe to use from many threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looking, self._fresh_until = threading.Lock(), 0.0

    def saved_since(self) -> dict[str, float] | None:
        """All that are saved, by "stand/guard"; None while those read last are fresh, or the database is away."""
        now = time.monotonic()
        if now < self._fresh_until or not self._looking.acquire(blocking=False):
            return None
        try:
            self._fresh_until = now + FRESH_S
            with self._database.read() as session:
                saved = facts.get(session, THRESHOLDS) or {}
            return {place: float(threshold) for place, threshold in saved.items()}
        except Unavailable as error:
            log.warning("The thresholds of guards stay as they are: %s", error)
            return None
        finally:
            self._looking.release()

    def save(self, place: str, threshold: float | None, *, instead_of: float, by: str) -> None:
        """Makes it count from now on; None: what the settings say, which is `instead_of`. Raises Unavailable."""
        new = instead_of if threshold is None else threshold
        with self._database.write() as session:
            known = facts.get(session, THRESHOLDS) or {}
            old = float(known.get(place, instead_of))
            rest = {one: saved for one, saved in known.items() if one != place}
            facts.put(session, THRESHOLDS, rest if threshold is None else rest | {place: threshold})
            change = {"at": datetime.now(UTC).isoformat(), "by": by, "place": place, "old": old, "new": new}
            before = (facts.get(session, CHANGES) or {}).get("latest", [])
            facts.put(session, CHANGES, {"latest": [change, *before][:CHANGES_KEPT]})
        log.info("The threshold of %s went from %g to %g, by %s", place, old, new, by or "nobody known")

    def changes(self, place: str) -> list[dict[str, Any]]:
        """Who changed it ("at", "by", "old", "new"), the latest first. Raises Unavailable."""
        with self._database.read() as session:
            changes = (facts.get(session, CHANGES) or {}).get("latest", [])
        return [change for change in changes if change["place"] == place]
