"""Answers whose item is missing, or not as it should be any more."""

import threading

from rag.retention import REST_S
from store import items, items_due
from store.engine import Database

AT_ONCE = 200  # items in one transaction: some hundredths of a second


class CatchingUp:
    """Makes items, and makes them anew. For one thread at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._whole_before = 0  # answers of lower ids have their items

    def catch_up(self, closing: threading.Event) -> None:
        """Gives answers that have none their items: after an update of this app, or a crash. Raises Unavailable.

        Looks at all answers once, then at those that came or ended since.
        """
        since = self._whole_before
        while not closing.is_set():
            with self._database.read() as session:
                found = items.missing(session, AT_ONCE, since=since)
                if not found:
                    self._whole_before = items.whole_before(session, since=self._whole_before)
                    return
            with self._database.write() as session:
                items.refresh(session, found)
            since = found[-1] + 1
            closing.wait(REST_S)

    def refresh_due(self, closing: threading.Event) -> None:
        """Makes items anew of which something changed that is not the answer's own: its sources. Raises Unavailable."""
        while not closing.is_set():
            with self._database.read() as session:
                due = items_due.some(session, "refresh", AT_ONCE)
            if not due:
                return
            with self._database.write() as session:
                items.refresh(session, sorted(items_due.settle(session, "refresh", due)))
            closing.wait(REST_S)
