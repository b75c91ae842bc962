"""The health of models as all processes see it: kept in SQL, read at most once a second, changed at once.

Without the database each process goes by what it knows itself: no answer fails because health cannot be noted.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from rag.models import breaker
from rag.models.breaker import Rules
from store import health
from store.engine import Database, Unavailable
from store.records import HealthRecord

FRESH_S = 1.0
log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


class HealthBook:
    """Reads and changes the health of models. Safe to use from many threads."""

    def __init__(self, database: Database | None = None, *, now: Callable[[], datetime] = _now) -> None:
        self.now = now
        self._database = database
        self._lock = threading.Lock()
        self._known: dict[str, HealthRecord] = {}
        self._read_at = float("-inf")
        self._changes = 0

    def of(self, name: str) -> HealthRecord:
        """A model's health, at most a second old."""
        self._refresh()
        return self._known.get(name, HealthRecord(name))

    def change(self, name: str, decide: Callable[[HealthRecord], HealthRecord]) -> HealthRecord:
        """Has `decide` say what becomes of a model's health, in a transaction of its own."""
        try:
            after = self._changed_in_sql(name, decide)
        except Unavailable as trouble:
            log.warning("The health of %s is known to this process only: %s", name, trouble)
            after = None
        with self._lock:
            self._changes += 1
            self._known[name] = after or decide(self._known.get(name, HealthRecord(name)))
            return self._known[name]

    def claim(self, name: str, rules: Rules) -> bool:
        """Takes the one probe of a model whose rest is over; False when another one has it."""
        won = []

        def decide(before: HealthRecord) -> HealthRecord:
            won.append(breaker.admission(before, self.now()) == "probe")
            return breaker.probing(before, self.now(), rules) if won[-1] else before

        self.change(name, decide)
        return won[-1]

    def _changed_in_sql(self, name: str, decide: Callable[[HealthRecord], HealthRecord]) -> HealthRecord | None:
        if self._database is None:
            return None
        with self._database.write() as session:
            return health.change(session, name, decide)

    def _refresh(self) -> None:
        with self._lock:
            if self._database is None or time.monotonic() - self._read_at < FRESH_S:
                return
            self._read_at, changes = time.monotonic(), self._changes
        try:
            with self._database.read() as session:
                found = health.read_all(session)
        except Unavailable as trouble:
            log.warning("The health of models cannot be read: %s", trouble)
            return
        with self._lock:
            if self._changes == changes:  # else what was read may be older than what is known
                self._known = found
