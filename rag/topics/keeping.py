"""Topics kept up to date: new questions embedded and put to their topics, all grouped anew when many have come."""

import threading
import time
from collections.abc import Callable
from typing import Any

from rag.retrieval.embedding import Embedder
from rag.topics import clustering, naming
from rag.topics.grouping import SAMPLE, grouped
from rag.topics.vectors import packed, unpacked
from store import facts, items, topics
from store.engine import Database
from store.models import now
from store.records.topics import AskedRecord
from store.topics import Counted

FACT = "topics"
BATCH = 16  # questions embedded at once: a fifth of a second on two busy cores
WRITTEN = 500  # questions put to topics in one transaction
GROWN = 1.25  # times as many questions as when they were grouped last: grouped again
FEWEST = 20  # questions before there are topics
LONGEST_S = 10.0  # of embedding in one turn
GIVE_WAY_S = 2.0  # the longest that a step waits for answers to end


class Closing(Exception):
    """The house closes; what is not done is done next time."""


class Keeping:
    """Does the work of topics, in the process that owns the index. For one thread at a time."""

    def __init__(
        self, database: Database, embedder: Callable[[], Embedder | None], busy: Callable[[], bool] = lambda: False
    ) -> None:
        self._database = database
        self._embedder = embedder
        self._busy = busy
        self._model = ""
        self._seen_before = 0  # questions whose answers have lower ids have their vectors
        self._grouped: dict[str, Any] = {}  # what is kept about the last grouping
        self._counted = Counted()

    def keep_up(self, closing: threading.Event) -> None:
        """Embeds what came, and groups anew when it is time. Does nothing without a model. Raises Unavailable.

        Where nothing came it reads a handful of rows, however many questions there are.
        """
        embedder = self._embedder()
        if embedder is None:
            return
        if embedder.name != self._model:
            self._model, self._seen_before, self._counted = embedder.name, 0, Counted()
        try:
            if self._embed(embedder, closing) and self._is_time():
                self._group(closing)
        except Closing:
            return

    def _embed(self, embedder: Embedder, closing: threading.Event) -> bool:
        """Gives whether all is done; what takes longer goes on at the next turn, for there are other chores."""
        end = time.monotonic() + LONGEST_S
        with self._database.read() as session:
            whole_before = items.whole_before(session, since=self._seen_before)
        since = self._seen_before
        while time.monotonic() < end:
            with self._database.read() as session:
                found = topics.waiting(session, embedder.name, since=since, limit=BATCH)
            if not found:
                self._seen_before = whole_before
                return True
            self._give_way(closing)
            asked = list({one.question_id: one for one in found}.values())
            self._keep(asked, [packed(vector) for vector in embedder.passages([one.text for one in asked])])
            since = found[-1].answer_id + 1
            self._seen_before = min(since, whole_before)
        return False

    def _keep(self, asked: list[AskedRecord], vectors: list[bytes]) -> None:
        with self._database.read() as session:
            known = topics.everything(session)
        fitting = [one for one in known if len(one.centre) == len(vectors[0])]
        labels = clustering.nearest(unpacked(vectors), unpacked([one.centre for one in fitting]))
        wanted = {
            one.question_id: fitting[label].id if label >= 0 else None for one, label in zip(asked, labels, strict=True)
        }
        with self._database.write() as session:
            there = topics.keep_vectors(
                session, self._model, {one.question_id: vector for one, vector in zip(asked, vectors, strict=True)}
            )
            topics.assign(session, {question: wanted[question] for question in there})

    def _is_time(self) -> bool:
        with self._database.read() as session:
            grouped_last = facts.get(session, FACT) or {}
            if grouped_last != self._grouped:  # or many were deleted, as demo data are
                self._grouped, self._counted = grouped_last, Counted()
            self._counted = topics.count_vectors(session, self._model, self._counted)
        count = self._counted.count
        grown = count >= GROWN * grouped_last.get("questions", 0) or grouped_last.get("model") != self._model
        return count >= FEWEST and grown

    def _group(self, closing: threading.Event) -> None:
        with self._database.read() as session:
            count = topics.count_vectors(session, self._model).count
            asked = topics.latest(session, self._model, SAMPLE)
            before = topics.everything(session)
        found = grouped(asked, before, lambda: self._give_way(closing))
        with self._database.write() as session:
            ids = [
                topics.put(session, one.topic_id, naming.label(one.terms, at), one.terms, one.centre)
                for at, one in enumerate(found, 1)
            ]
            gone = {one.id for one in before if not one.named_by} - set(ids)
            topics.remove(session, gone)
        self._assign_all(closing)
        with self._database.write() as session:  # at the very end: what is cut off before is done again
            facts.put(session, FACT, {"model": self._model, "questions": count, "at": now().isoformat()})

    def _assign_all(self, closing: threading.Event) -> None:
        """Every question to its topic, also those that were not in the sample."""
        with self._database.read() as session:
            known = topics.everything(session)
        after = 0
        while True:
            self._give_way(closing)
            with self._database.read() as session:
                rows = topics.vectors(session, self._model, after=after, limit=WRITTEN)
            if not rows:
                return
            after = rows[-1][0]
            fitting = [one for one in known if len(one.centre) == len(rows[0][1])]
            labels = clustering.nearest(unpacked([row[1] for row in rows]), unpacked([one.centre for one in fitting]))
            wanted = {
                row[0]: fitting[label].id if label >= 0 else None for row, label in zip(rows, labels, strict=True)
            }
            with self._database.write() as session:
                topics.assign(session, wanted)

    def _give_way(self, closing: threading.Event) -> None:
        """Waits while answers are written, for a while. Raises Closing."""
        end = time.monotonic() + GIVE_WAY_S
        while self._busy() and time.monotonic() < end and not closing.is_set():
            closing.wait(0.05)
        if closing.is_set():
            raise Closing
