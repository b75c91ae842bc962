"""The analysts' desk: what they look at and decide, each part built when it is first used."""

import threading
from dataclasses import dataclass
from functools import cached_property

from rag.chores import Chore, Chores
from rag.quality import Quality
from rag.review.replies import Replies
from rag.settings import Settings
from store import items
from store.engine import Database

CAUGHT_UP_AT_ONCE = 200  # items in one transaction: some hundredths of a second


@dataclass(frozen=True)
class Desk:
    """Everything behind the Review and Quality pages. Safe to use from many threads."""

    settings: Settings
    database: Database

    @cached_property
    def chores(self) -> Chores:
        """What is done for analysts while nobody looks."""
        return Chores([Chore("items", 60, self.catch_up)])

    @cached_property
    def replies(self) -> Replies:
        """What reviewers tell the people who reported something."""
        return Replies(self.database)

    @cached_property
    def quality(self) -> Quality:
        """How well the app does."""
        return Quality(self.database)

    def catch_up(self, closing: threading.Event) -> None:
        """Gives answers that have none their items: after an update of this app, or a crash. Raises Unavailable."""
        while not closing.is_set():
            with self.database.read() as session:
                found = items.missing(session, CAUGHT_UP_AT_ONCE)
            if not found:
                return
            with self.database.write() as session:
                items.refresh(session, found)
