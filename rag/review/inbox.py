"""The inbox: answers to read, the most worth reading first, and one of them with all that is known about it."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.ingest.clean import one_line
from rag.review import item, wanted
from rag.review.acts import Acts
from rag.review.audit import Audit
from rag.review.masked_words import MaskedWords
from rag.review.masking import Masking
from rag.review.people import Names
from rag.review.saved import SavedFilters
from rag.settings import Settings
from store import inbox, inbox_options, item_whole, people
from store.engine import Database
from store.inbox import SHOWN
from store.records.inbox import ItemFilter, ItemOptions, ItemOrder, ItemRow

FRESH_S = 15.0  # how long the choices of filters are kept: counting them reads the whole inbox
FEW = 5000  # up to so many items it is quicker to look for them and sort them
FIRST_WORDS = 160  # characters shown of a question and of an answer
EDGE = 80  # characters at a cut that may be half a value, which no guard knows
AROUND = 200  # items kept on each side, to go from one to the next


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of the list as one reviewer sees it."""

    rows: tuple[ItemRow, ...]
    total: int
    names: Names  # of assignees


class Inbox:
    """Shows what there is to review. Safe to use from many threads; all methods raise Unavailable."""

    def __init__(self, settings: Settings, database: Database, audit: Audit, masking: Masking) -> None:
        self._settings = settings
        self._database = database
        self._audit = audit
        self._masking = masking
        self.acts = Acts(database, masking)
        self.masked_words = MaskedWords(database)
        self.saved = SavedFilters(database, masking, audit)
        self._lock = threading.Lock()
        self._options: tuple[float, ItemOptions] | None = None

    # the list

    def browse(
        self, person: str, fitting: ItemFilter, order: ItemOrder = "worth", *, limit: int, offset: int = 0
    ) -> Listed:
        """A part of the list as this person sees it; that they looked stands in the log."""
        asked = self._asked(person, fitting)
        with self._database.read() as session:
            total = inbox.count(session, asked)
            ids = inbox.ids(session, asked, order, limit=limit, offset=offset, few=total <= FEW)
            rows = inbox.rows(session, ids)
            names = Names(people.named(session, {one.assignee or "" for one in rows}))
        if rows:
            told = [f"items {offset + 1:,} to {offset + len(rows):,}", *wanted.told(fitting)]
            self._audit.listed(person, ", ".join(told))
        return Listed(tuple(self._shown(person, one) for one in rows), total, names)

    def count(self, person: str, fitting: ItemFilter) -> int:
        with self._database.read() as session:
            return inbox.count(session, self._masking.asked(person, fitting))

    def ids(self, person: str, fitting: ItemFilter, order: ItemOrder, *, limit: int, offset: int = 0) -> list[int]:
        """The items of a part of the list as this person may ask for it."""
        asked = self._masking.asked(person, fitting)
        with self._database.read() as session:
            few = inbox.count(session, asked) <= FEW
            return inbox.ids(session, asked, order, limit=limit, offset=offset, few=few)

    def _asked(self, person: str, fitting: ItemFilter) -> ItemFilter:
        asked = self._masking.asked(person, fitting)
        if asked.words and not asked.unmasked:
            self.masked_words.catch_up()  # what was asked a moment ago is found, too
        return asked

    def options(self) -> ItemOptions:
        """What can be filtered by; kept for some seconds."""
        with self._lock:
            if self._options is None or time.monotonic() - self._options[0] > FRESH_S:
                with self._database.read() as session:
                    self._options = (time.monotonic(), inbox_options.options(session))
            return self._options[1]

    def _shown(self, person: str, row: ItemRow) -> ItemRow:
        question, answer = self._masking.together(person, row.question, row.answer)
        return replace(row, question=_first(question, row.question), answer=_first(answer, row.answer))

    # one item

    def item(self, person: str, answer_id: int) -> item.Item | None:
        """An answer with all that is known about it, as this person sees it; None when it is gone.

        That they looked stands in the log, or it is not shown.
        """
        with self._database.read() as session:
            found = item_whole.load(session, answer_id)
        if found is None:
            return None
        self._audit.looked(person, [answer_id])
        return item.seen(self._database, self._masking, self._settings.brand.name, person, found)


def window(ids: Sequence[int], answer_id: int) -> tuple[int | None, int | None]:
    """The items before and behind one in a list; none at its ends, and where it is not in it."""
    if answer_id not in ids:
        return None, None
    at = ids.index(answer_id)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)


def _first(shown: str, stored: str) -> str:
    """The first words of a text on one line."""
    if len(stored) >= SHOWN:
        shown = shown[: max(0, len(shown) - EDGE)]
    line = one_line(shown)
    return line if len(line) <= FIRST_WORDS else line[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"
