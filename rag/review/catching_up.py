"""Answers without an item: of an earlier version of this app, or cut off by a crash."""

import threading

from rag.retention import REST_S
from store import items
from store.engine import Database

AT_ONCE = 200  # items in one transaction: some hundredths of a second


class CatchingUp:
    """Gives answers that have none their items. For one thread at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._whole_before = 0  # answers of lower ids have their items

    def catch_up(self, closing: threading.Event) -> None:
        """Looks at all answers once, then at those that came or ended since. Raises Unavailable."""
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
