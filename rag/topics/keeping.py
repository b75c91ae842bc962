"""Topics kept up to date: new questions embedded and put to their topics, all grouped anew when many have come."""

import threading
import time
from collections.abc import Callable

from rag.retrieval.embedding import Embedder
from rag.topics import clustering, naming
from rag.topics.grouping import SAMPLE, grouped
from rag.topics.vectors import packed, unpacked
from store import facts, topics
from store.engine import Database
from store.models import now
from store.records.topics import AskedRecord, TopicRecord

FACT = "topics"
BATCH = 16  # questions embedded at once: a fifth of a second on two busy cores
WRITTEN = 500  # questions put to topics in one transaction
GROWN = 1.25  # times as many questions as when they were grouped last: grouped again
FEWEST = 20  # questions before there are topics
LOOK_BACK = 1_000  # answers: one that took long ends after later ones
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
        self._seen = 0  # answers up to here have been looked at since the start

    def keep_up(self, closing: threading.Event) -> None:
        """Embeds what came, and groups anew when it is time. Does nothing without a model. Raises Unavailable."""
        embedder = self._embedder()
        if embedder is None:
            return
        try:
            if self._embed(embedder, closing) and self._is_time(embedder.name):
                self._group(embedder.name, closing)
        except Closing:
            return

    def _embed(self, embedder: Embedder, closing: threading.Event) -> bool:
        """Gives whether all is done; what takes longer goes on at the next turn, for there are other chores."""
        end = time.monotonic() + LONGEST_S
        after = max(0, self._seen - LOOK_BACK)
        with self._database.read() as session:
            known, newest = topics.everything(session), topics.newest(session)
        while time.monotonic() < end:
            with self._database.read() as session:
                found = topics.waiting(session, embedder.name, after=after, limit=BATCH)
            if not found:
                self._seen = newest
                return True
            self._give_way(closing)
            asked = list({one.question_id: one for one in found}.values())
            vectors = [packed(vector) for vector in embedder.passages([one.text for one in asked])]
            self._keep(embedder.name, asked, vectors, known)
            after = self._seen = found[-1].answer_id
        return False

    def _keep(self, model: str, asked: list[AskedRecord], vectors: list[bytes], known: list[TopicRecord]) -> None:
        fitting = [one for one in known if len(one.centre) == len(vectors[0])]
        labels = clustering.nearest(unpacked(vectors), unpacked([one.centre for one in fitting]))
        wanted = {
            one.question_id: fitting[label].id if label >= 0 else None for one, label in zip(asked, labels, strict=True)
        }
        with self._database.write() as session:
            there = topics.keep_vectors(
                session, model, {one.question_id: vector for one, vector in zip(asked, vectors, strict=True)}
            )
            topics.assign(session, {question: wanted[question] for question in there})

    def _is_time(self, model: str) -> bool:
        with self._database.read() as session:
            count = topics.count_vectors(session, model)
            last = facts.get(session, FACT) or {}
        grown = count >= GROWN * last.get("questions", 0) or last.get("model") != model
        return count >= FEWEST and grown

    def _group(self, model: str, closing: threading.Event) -> None:
        with self._database.read() as session:
            count = topics.count_vectors(session, model)
            asked = topics.latest(session, model, SAMPLE)
            before = topics.everything(session)
        found = grouped(asked, before, lambda: self._give_way(closing))
        with self._database.write() as session:
            ids = [
                topics.put(session, one.topic_id, naming.label(one.terms, at), one.terms, one.centre)
                for at, one in enumerate(found, 1)
            ]
            gone = {one.id for one in before if not one.named_by} - set(ids)
            topics.remove(session, gone)
            facts.put(session, FACT, {"model": model, "questions": count, "at": now().isoformat()})
        self._assign_all(model, closing)

    def _assign_all(self, model: str, closing: threading.Event) -> None:
        """Every question to its topic, also those that were not in the sample."""
        with self._database.read() as session:
            known = topics.everything(session)
        after = 0
        while True:
            self._give_way(closing)
            with self._database.read() as session:
                rows = topics.vectors(session, model, after=after, limit=WRITTEN)
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
