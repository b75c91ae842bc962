"""Counting over spans of time. The only place that knows `limits`; it is imported late, with a tenth of a second.

In memory the span moves along; in SQL, for several processes, spans follow each other, so that around the turn of one
twice as much may pass.
"""

import time
from collections.abc import Sequence
from math import ceil

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage, Storage
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter, RateLimiter

from rag.settings import Limits
from store import rate_windows
from store.engine import Database, Unavailable


class Windows:
    """Counts what each person did. Safe to use from many threads."""

    def __init__(self, limits: Limits, database: Database) -> None:
        of_minute, of_hour = limits.questions_per_minute, limits.questions_per_hour
        self._items: Sequence[RateLimitItem] = [
            *([RateLimitItemPerMinute(of_minute)] if of_minute else []),
            *([RateLimitItemPerHour(of_hour)] if of_hour else []),
        ]
        self._limiter: RateLimiter
        if limits.kept_in == "sql":
            self._limiter = FixedWindowRateLimiter(SqlStorage(database))
        else:
            self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, person: str) -> int:
        """Counts once more and gives 0; or gives the seconds after which there is room, and counts nothing."""
        for item in self._items:
            if not self._limiter.test(item, person):
                return self._seconds(item, person)
        for item in self._items:
            if not self._limiter.hit(item, person):
                return self._seconds(item, person)
        return 0

    def _seconds(self, item: RateLimitItem, person: str) -> int:
        return max(1, ceil(self._limiter.get_window_stats(item, person).reset_time - time.time()))


class SqlStorage(Storage):
    """The counters of `limits` in our database."""

    STORAGE_SCHEME = None

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    @property
    def base_exceptions(self) -> type[Exception]:
        return Unavailable

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        with self._database.write() as session:
            return rate_windows.grow(session, key, seconds=expiry, amount=amount)

    def get(self, key: str) -> int:
        with self._database.read() as session:
            return rate_windows.count(session, key)

    def get_expiry(self, key: str) -> float:
        with self._database.read() as session:
            expires = rate_windows.expiry(session, key)
        return expires.timestamp() if expires else time.time()

    def check(self) -> bool:
        try:
            self._database.check()
        except Unavailable:
            return False
        return True

    def reset(self) -> int | None:
        with self._database.write() as session:
            return rate_windows.clear(session)

    def clear(self, key: str) -> None:
        with self._database.write() as session:
            rate_windows.clear(session, key)
