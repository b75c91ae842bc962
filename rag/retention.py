"""How long conversations are kept: `[retention] days` after their last question, then nothing is left of them."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from rag.chores import Chore
from store import item_words, retention
from store.engine import Database

AT_ONCE = 50  # conversations in one transaction: about a tenth of a second
OFTEN_S, SELDOM_S = 300.0, 3600.0
REST_S = 0.05  # between transactions: others want to write, too, and nobody is given the lock who does not find it free


class Retention:
    """Deletes what is too old, and the words of what was deleted. Safe to use from many threads."""

    def __init__(self, database: Database, days: int, clock: Callable[[], datetime] | None = None) -> None:
        self._database, self._days = database, days
        self._clock = clock or (lambda: datetime.now(UTC))

    def chores(self) -> tuple[Chore, ...]:
        """What is done again and again; without a limit nothing becomes too old."""
        words = Chore("forgotten words", OFTEN_S, self.purge_words)
        return (Chore("retention", SELDOM_S, self.forget_old), words) if self._days else (words,)

    def forget_old(self, closing: threading.Event) -> int:
        """Deletes conversations whose last question is older than that; gives how many. Raises Unavailable."""
        before = self._clock() - timedelta(days=self._days)
        count = 0
        while self._days and not closing.is_set():
            with self._database.write() as session:
                gone = retention.forget_before(session, before, AT_ONCE)
            count += gone
            if gone < AT_ONCE:
                break
            closing.wait(REST_S)
        if count:
            self.purge_words(closing)
        return count

    def purge_words(self, closing: threading.Event) -> None:
        """Takes the words of answers out of the search index, if any were deleted. Raises Unavailable."""
        with self._database.read() as session:
            noted = item_words.deleted(session)
        more = noted is not None
        while more and not closing.is_set():
            with self._database.write() as session:
                more = item_words.purge(session)
                if not more:
                    item_words.forget_note(session, noted)
            if more:
                closing.wait(REST_S)
