"""Requests to models are noted by a thread of its own, many in one transaction: no answer waits for the database."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from rag.models.pace import KEPT
from store import calls
from store.engine import Database, Unavailable
from store.records import CallRecord

FLUSH_S = 1.0
KEPT_DAYS = 30
PRUNE_S = 6 * 3600
MOST_WAITING = 10_000  # without a database; older ones are lost then
log = logging.getLogger(__name__)


def first_times(database: Database, model: str) -> list[float]:
    """How long a model's latest answers took to begin, in milliseconds; none without the database."""
    try:
        with database.read() as session:
            return calls.first_times(session, model, KEPT)
    except Unavailable as trouble:
        log.warning("How soon %s usually begins is not known yet: %s", model, trouble)
        return []


class CallLog:
    """Keeps what requests to models were like. Safe to use from many threads."""

    def __init__(self, database: Database, told: Callable[[CallRecord], None] = lambda _: None) -> None:
        self._database = database
        self._told = told  # at once of each request
        self._waiting: deque[tuple[datetime, CallRecord]] = deque(maxlen=MOST_WAITING)
        self._lock = threading.Lock()  # one flush at a time
        self._closing = threading.Event()
        self._prune_at = datetime.min.replace(tzinfo=UTC)
        self._thread = threading.Thread(target=self._flush_regularly, name="calls", daemon=True)
        self._thread.start()

    def keep(self, record: CallRecord) -> None:
        """Notes a request that ended now."""
        self._told(record)
        self._waiting.append((datetime.now(UTC), record))

    def flush(self) -> None:
        """Stores what waits, and deletes what is too old. Without a database it goes on waiting."""
        with self._lock:
            batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
            now = datetime.now(UTC)
            prunes = now >= self._prune_at
            if not batch and not prunes:
                return
            try:
                with self._database.write() as session:
                    calls.keep(session, batch)
                    if prunes:
                        calls.prune(session, now - timedelta(days=KEPT_DAYS))
            except Unavailable as trouble:
                log.warning("%d requests to models cannot be noted yet: %s", len(batch), trouble)
                self._waiting.extendleft(reversed(batch))
                return
            if prunes:
                self._prune_at = now + timedelta(seconds=PRUNE_S)

    def close(self) -> None:
        """Stores the rest."""
        self._closing.set()
        self._thread.join(timeout=10)
        self.flush()

    def _flush_regularly(self) -> None:
        while not self._closing.wait(FLUSH_S):
            self.flush()
