"""Demo data: plausible months of traffic over the sample documents, marked as invented, and gone at one click.

Nobody invented spends, counts in metrics, teaches a model or answers a reader: they have no spending, their examples
and verified answers are switched off, and what is exported to train models leaves them out.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Literal

from rag.demo import cast, traffic
from rag.demo.asking import Author
from rag.demo.library import Shelf
from rag.demo.material import Material, read
from rag.retention import Retention
from rag.retrieval.embedding import Embedder
from rag.settings import Settings
from rag.topics import keeping
from rag.topics.vectors import packed
from store import demo, demo_removal, facts
from store.demo import Shares, Talk, Vectors
from store.engine import Database

MONTHS, ANSWERS, SEED = 3, 1500, 7
MONTH = 30  # days
CHANGED = 0.55  # of the time has gone by when the second prompt comes
TALKS = 100  # in one transaction: about 200 answers, a fifth of a second
FORGOTTEN = 60  # conversations in one transaction
REST = 0.25  # of the time a transaction took, for others who want to write

Told = Callable[[int, int], None]  # done, of how many
Doing = Literal["load", "remove"]


class AlreadyThere(Exception):
    """Demo data are there already, or on their way."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task has come, in answers or conversations."""

    doing: Doing
    done: int = 0
    of: int = 0
    failed: bool = False


def untold(_: int, __: int) -> None:
    """Nobody wants to know how far it is."""


class Demo:
    """Puts demo data in and takes them out. Safe to use from many threads; all methods raise Unavailable."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        embedder: Callable[[], Embedder | None] = lambda: None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._database, self._settings, self._embedder = database, settings, embedder
        self._clock = clock or (lambda: datetime.now(UTC))
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()
        self.progress: Progress | None = None  # of the task in the background that runs, or ran last and failed

    @property
    def running(self) -> bool:
        """Whether a task is under way in the background."""
        return self._thread is not None and self._thread.is_alive()

    def is_there(self) -> bool:
        """Whether there is anything invented, whole or in part."""
        with self._database.read() as session:
            return demo.is_there(session)

    def shares(self) -> Shares:
        """How many answers are invented, and how many are not."""
        with self._database.read() as session:
            return demo.shares(session)

    def load(self, *, months: int = MONTHS, answers: int = ANSWERS, seed: int = SEED, told: Told = untold) -> int:
        """Puts so many answers in, spread over the months until now; gives how many. Raises AlreadyThere."""
        now, days, material = self._clock(), months * MONTH, read()
        random = Random(seed)
        comings = traffic.comings(random, answers, days, now)
        names = cast.people(material, traffic.people(answers), now - timedelta(days=days))
        with self._database.write() as session:
            if demo.is_there(session):
                raise AlreadyThere
            demo.begin(
                session, names, cast.prompts(now - timedelta(days=days), now - timedelta(days=days * (1 - CHANGED)))
            )
            facts.put(session, demo.FACT, {"months": months, "answers": answers, "seed": seed})
        kept = self._settings.model_dump(mode="json", include={"answers", "retrieval"})
        changed = now - timedelta(days=days * (1 - CHANGED))
        author = Author(random, material, Shelf(self._database, material), kept, changed, now)
        talks = (author.talk(one, cast.reader(one.person)) for one in comings)
        return self._put(talks, answers, told, self._vectors(material))

    def remove(self, told: Told = untold) -> int:
        """Takes all that is invented out again, with its words; gives how many answers that were."""
        with self._database.write() as session:
            before = demo.shares(session).demo
            topics = demo_removal.topics(session)
            demo_removal.forget_tasks(session)
            left = demo_removal.conversations(session)
        of = left
        while left and not self._closing.is_set():
            begin = time.monotonic()
            with self._database.write() as session:
                gone = demo_removal.forget_conversations(session, FORGOTTEN)
            left = left - gone if gone else 0
            told(of - left, of)
            self._rest(begin)
        if not self._closing.is_set():
            with self._database.write() as session:
                demo_removal.end(session, topics)
                facts.forget(session, demo.FACT)
                facts.forget(session, keeping.FACT)  # what is left is grouped anew
            Retention(self._database, 0).purge_words(self._closing)
        return before

    def begin(self, doing: Doing, **wanted: int) -> bool:
        """Does one of both in the background; False when something is under way already."""
        with self._lock:
            if self.running:
                return False
            self.progress = Progress(doing)
            task = self.remove if doing == "remove" else self.load
            self._thread = threading.Thread(target=self._run, args=(doing, task, wanted), name="demo", daemon=True)
            self._thread.start()
            return True

    def wait(self) -> None:
        """Until nothing is under way in the background."""
        if self._thread:
            self._thread.join()

    def close(self) -> None:
        """Ends what is under way after its transaction; what is half there can be removed."""
        self._closing.set()
        self.wait()

    def _run(self, doing: Doing, task: Callable[..., int], wanted: dict[str, int]) -> None:
        failed = True
        try:
            task(told=lambda done, of: self._tell(Progress(doing, done, of)), **wanted)
            failed = False
        except AlreadyThere:
            failed = False
        finally:
            self.progress = Progress(doing, failed=True) if failed else None

    def _tell(self, progress: Progress) -> None:
        self.progress = progress

    def _vectors(self, material: Material) -> Vectors | None:
        """Of each text once, so that topics are there at once; without a model they come when there is one."""
        embedder = self._embedder()
        if embedder is None:
            return None
        texts = material.texts
        found = {text: packed(vector) for text, vector in zip(texts, embedder.passages(texts), strict=True)}
        return Vectors(embedder.name, found)

    def _put(self, talks: Iterator[Talk], of: int, told: Told, vectors: Vectors | None) -> int:
        done = 0
        while not self._closing.is_set() and (some := list(islice(talks, TALKS))):
            begin = time.monotonic()
            with self._database.write() as session:
                done += demo.put(session, some, vectors)
            told(done, of)
            self._rest(begin)
        return done

    def _rest(self, begin: float) -> None:
        """Lets others write: whoever waits for the lock does not get it from somebody who never lets go."""
        self._closing.wait(REST * (time.monotonic() - begin))
