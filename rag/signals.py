"""Signals: what readers do with answers, noted without anybody waiting for it.

Whoever notes something goes on at once. A thread of its own writes what has gathered, many in one transaction, and
looks in that transaction whether the reader lets it be noted.
"""

import logging
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rag.likeness import Likeness, same
from rag.limits import RateLimit, TooManyQuestions
from rag.sections import Feedback, Limits
from store import people, signals
from store.engine import Database, Unavailable
from store.records import ActRecord, EarlierRecord, SignalKind
from store.visits import GAP, RETURN

FLUSH_S = 1.0
MOST_WAITING = 10_000  # without a database; what comes then is lost, and counted
PER_MINUTE = 60  # from one person's browser
AT_ONCE = timedelta(minutes=1)  # in which another question is a rephrased one, if it is like the one before
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question was sent: what it says about the answer before it is looked up later."""

    person: str
    answer_id: int
    taken: bool  # it was suggested, not typed


class Signals:
    """Notes what readers do. Safe to use from many threads; noting neither waits nor raises."""

    def __init__(self, database: Database, settings: Feedback, alike: Likeness) -> None:
        self._database = database
        self._actions = settings.actions
        self._alike = alike
        self._waiting: deque[ActRecord | _Asked] = deque()
        self._flushing = threading.Lock()  # one at a time
        self._closing = threading.Event()
        self._often = RateLimit(Limits(questions_per_minute=PER_MINUTE), database)
        self._thread: threading.Thread | None = None
        self._away = False  # the database, when it was last written to
        self.lost = 0  # that could not be kept

    def start(self) -> None:
        """Begins to store what is noted, every second; once is enough. Until then it waits, at most until `close`."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._flush_regularly, name="signals", daemon=True)
            self._thread.start()

    # noting

    def note(self, person: str, answer_id: int, kind: SignalKind, detail: str = "") -> None:
        """Something was done with an answer."""
        self._put(ActRecord(person, answer_id, kind, _now(), detail))

    def asked(self, person: str, answer_id: int, *, offered_by: int | None = None, suggested: bool = False) -> None:
        """A question was sent, and this answer is begun; `offered_by` is the answer that suggested it."""
        if offered_by is not None:
            self.note(person, offered_by, "follow_up")
        self._put(_Asked(person, answer_id, taken=suggested or offered_by is not None))

    def heard(self, person: str, answer_id: int, kind: SignalKind, *, undone: bool = False) -> bool:
        """What a browser says its reader did; gives whether it is taken, which a browser may not say too often."""
        try:
            self._often.hit(person)
        except TooManyQuestions:
            return False
        return self._put(ActRecord(person, answer_id, kind, _now(), undone=undone))

    def _put(self, act: ActRecord | _Asked) -> bool:
        if self._actions == "off":
            return False
        if len(self._waiting) >= MOST_WAITING:
            self.lost += 1
            return False
        self._waiting.append(act)
        return True

    # consent

    @property
    def possible(self) -> bool:
        """Whether the settings let anything be noted."""
        return self._actions != "off"

    def allowed(self, person: str) -> bool:
        """Whether this person's actions are noted. Raises Unavailable."""
        if self._actions == "off":
            return False
        with self._database.read() as session:
            said = people.consent(session, person)
        return said is True or (said is None and self._actions == "on")

    def allow(self, person: str, *, allowed: bool) -> None:
        """Keeps whether this person's actions may be noted, from now on. Raises Unavailable."""
        with self._database.write() as session:
            people.say(session, person, consent=allowed)

    def counts(self, person: str) -> Mapping[str, int]:
        """How often each kind was noted of this person. Raises Unavailable."""
        with self._database.read() as session:
            return signals.counts(session, person)

    def forget(self, person: str) -> None:
        """Deletes what was noted of this person so far. Raises Unavailable."""
        self.flush()
        with self._database.write() as session:
            signals.forget(session, person)

    # writing

    def flush(self) -> None:
        """Stores what waits. Without a database it goes on waiting."""
        with self._flushing:
            batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
            if not batch:
                return
            try:
                acts = list(self._acts(batch))
                with self._database.write() as session:
                    signals.keep(session, acts, unless_refused=self._actions == "on")
                self._away = False
            except Unavailable as trouble:
                if not self._away:  # not at every try
                    log.warning("Signals cannot be noted yet: %s", trouble)
                self._away = True
                self._waiting.extendleft(reversed(batch))
            except Exception:  # a bug must not end the thread
                log.exception("%d signals are lost", len(batch))
                self.lost += len(batch)

    def close(self) -> None:
        """Stores the rest; what cannot be stored now is lost."""
        self._closing.set()
        if self._thread:
            self._thread.join(timeout=10)
        self.flush()
        self.lost += len(self._waiting)
        self._waiting.clear()
        if self.lost:
            log.warning("%d signals were lost", self.lost)

    def _flush_regularly(self) -> None:
        while not self._closing.wait(FLUSH_S):
            self.flush()

    def _acts(self, batch: Sequence[ActRecord | _Asked]) -> Iterator[ActRecord]:
        for one in batch:
            if isinstance(one, ActRecord):
                yield one
                continue
            with self._database.read() as session:
                before = signals.earlier(session, one.person, one.answer_id)
            if before is None:
                continue
            for answer_id, kind in _said_by_asking(before, self._alike, taken=one.taken):
                yield ActRecord(one.person, answer_id, kind, before.asked_now_at)


def _said_by_asking(before: EarlierRecord, alike: Likeness, *, taken: bool) -> Iterator[tuple[int, SignalKind]]:
    """What a question says about the answers that its asker got before."""
    since = before.asked_now_at - before.asked_at
    if GAP <= since <= RETURN:
        yield before.answer_id, "returned"
    if before.repeats is not None:
        yield before.repeats, "asked_again"
    elif taken or since >= GAP:
        return
    elif same(before.question_now, before.question):
        yield before.answer_id, "asked_again"
    elif _soon_after(before) and alike(before.question_now, before.question):
        yield before.answer_id, "rephrased"


def _soon_after(before: EarlierRecord) -> bool:
    return before.ended_at is not None and timedelta() <= before.asked_now_at - before.ended_at <= AT_ONCE


def _now() -> datetime:
    return datetime.now(UTC)
