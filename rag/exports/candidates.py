"""Answers that a judge has not seen, with what it is sent for each."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from rag.exports.judge import messages
from rag.exports.replies import Dropped, draft, passages, place_of
from rag.models.chat import Message
from store import judging, texts, training
from store.engine import Database
from store.records import ItemFilter, PromptRecord, Spoken

PORTION = 50  # answers read at once
Ready = tuple[Spoken, Sequence[Message] | None]  # None: it could be no example, whatever a judge says


class Candidates:
    """Reads them a portion at a time. All methods raise Unavailable."""

    def __init__(self, database: Database, days: int) -> None:
        self._database = database
        self._days = days  # answers that are older are about to be deleted; 0: none is

    def count(self, wanted: ItemFilter, judge: str) -> tuple[int, int]:
        """How many fit, and how many of these the judge has not seen."""
        with self._database.read() as session:
            return judging.count(session, wanted, judge, since=self._since)

    def waiting(self, wanted: ItemFilter, judge: str, prompt: PromptRecord) -> Iterator[Ready]:
        """What the judge has not seen, in the order of the answers."""
        after = 0
        while True:
            with self._database.read() as session:
                ids = judging.waiting(session, wanted, judge, since=self._since, after=after, limit=PORTION)
            yield from self._ready(ids, prompt)
            if len(ids) < PORTION:
                return
            after = ids[-1]

    @property
    def _since(self) -> datetime | None:
        return datetime.now(UTC) - timedelta(days=self._days) if self._days else None

    def _ready(self, ids: Sequence[int], prompt: PromptRecord) -> Iterator[Ready]:
        with self._database.read() as session:
            found = training.of_ids(session, ids)
            everything = [kept for one in found.values() for kept in one.passages]
            words = texts.spans(session, {place_of(kept) for kept in everything})
            closed = training.closed(session, {chunk for kept in everything for chunk in kept["chunk_ids"]})
        for spoken in found.values():
            try:
                given = passages(spoken, words, closed)
                text = draft(spoken.answer, spoken, given, answerable=True, flawless=False).answer
            except Dropped:
                yield spoken, None
            else:
                yield spoken, messages(prompt, spoken, text, given)
