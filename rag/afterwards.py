"""Sources are compared when their answer has ended already: nobody waits for it who does not ask for what was found."""

import logging
import threading
import time
from collections.abc import Sequence

from rag.types import Citation, Passage
from store import answers
from store.engine import Database, Unavailable
from store.records import ConflictRecord

PATIENCE_S = 2.0  # how long somebody waits who asks for what was found; it takes some hundredths of a second
BREATH_S = 0.02  # first those who watch hear of the end: two threads that calculate hold each other up
KEPT = 500  # answers whose conflicts are known without asking SQL: a page may have read them just before
log = logging.getLogger(__name__)


class Afterwards:
    """Compares the sources of answers that have ended. Safe to use from many threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._saving = threading.Lock()
        self._coming: dict[int, threading.Event] = {}
        self._found: dict[int, tuple[ConflictRecord, ...]] = {}
        self._unsaved: dict[int, tuple[ConflictRecord, ...]] = {}  # the database was away

    def expect(self, answer_id: int) -> None:
        """This answer is about to end, and will be compared: before anybody sees its end."""
        self._coming[answer_id] = threading.Event()

    def forget(self, answer_id: int) -> None:
        """It could not be stored, or is compared already: nobody waits for it."""
        if coming := self._coming.pop(answer_id, None):
            coming.set()

    def compare(self, answer_id: int, citations: Sequence[Citation], passages: Sequence[Passage]) -> None:
        """Looks, stores and tells, where it is expected; what cannot be stored now is with the next one."""
        if answer_id not in self._coming:
            return
        from rag.conflicts.looking import look  # many patterns: after the first answer is soon enough

        time.sleep(BREATH_S)
        try:
            if found := look(self._database, citations, passages):
                if len(self._found) >= KEPT:
                    self._found.pop(next(iter(self._found)))
                self._found[answer_id] = self._unsaved[answer_id] = found
            self._save()
        except Unavailable as trouble:
            log.warning("Conflicts of sources wait for the database: %s", trouble)
        except Exception:
            log.exception("The sources of an answer could not be compared")
        finally:
            self.forget(answer_id)

    def found(self, answer_id: int) -> tuple[ConflictRecord, ...]:
        """What was found in an answer of late; waits while it is being compared."""
        if coming := self._coming.get(answer_id):
            coming.wait(PATIENCE_S)
        return self._found.get(answer_id, ())

    def _save(self) -> None:
        with self._saving:
            waiting = dict(self._unsaved)
            if not waiting:
                return
            with self._database.write() as session:
                for answer_id, found in waiting.items():
                    answers.compared(session, answer_id, found)
            for answer_id in waiting:
                del self._unsaved[answer_id]
