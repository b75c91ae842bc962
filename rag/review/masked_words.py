"""The words that reviewers search who do not see personal data: masked as they see them, behind the pages.

Masking a question with its answer takes some milliseconds, so nobody who asks waits for it. Until it is done, a search
of such a reviewer does not find the answer: it rather misses than tells.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Sequence

from rag.review.veil import INSTEAD, Veil
from store import item_masked, items_due
from store.engine import Database

AT_ONCE = 20  # answers in one transaction, and before a search: some tenths of a second
REST = 3  # times as long as it masked it rests: an old store takes an hour, and the people in front do not feel it


class MaskedWords:
    """Keeps the index of masked words up to date. Safe to use from many threads; all methods raise Unavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep_up(self, closing: threading.Event) -> None:
        """Masks all that waits."""
        while not closing.is_set():
            begun = time.monotonic()
            if not self.catch_up():
                return
            closing.wait(REST * (time.monotonic() - begun))

    def catch_up(self) -> int:
        """Masks some of what waits, the latest first; gives how many."""
        with self._database.read() as session:
            due = items_due.some(session, "mask", AT_ONCE)
            known = item_masked.beside(session, list(due)) if due else {}
        talks: dict[str, list[str]] = defaultdict(list)
        for talk, texts in known.values():
            talks[talk] += texts
        veils = {talk: Veil(texts) for talk, texts in talks.items()}
        words = {one: _masked(veils[known[one][0]], known[one][1]) for one in due if one in known}
        if due:
            with self._database.write() as session:
                same = items_due.settle(session, "mask", due)
                item_masked.put(session, {one: said for one, said in words.items() if one in same})
        return len(due)

    def waiting(self) -> int:
        """How many answers are not found yet by those who see masks."""
        with self._database.read() as session:
            return items_due.count(session, "mask")


def _masked(veil: Veil, texts: Sequence[str]) -> str:
    """What is left of these texts, without the marks that stand in the place of the rest."""
    return "\n".join(INSTEAD.sub(" ", veil.text(text)) for text in texts)
