"""How the house does, for who runs it: models, answers, queue, search, database, disk.

It tells of no question, no answer, no document and no key.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from rag import machine
from rag.budget import Budget, Limit
from rag.jobs import Jobs
from rag.machine import Machine
from rag.models.chain import Chain
from rag.problems import Kind
from rag.retrieval.indexes import Indexes
from rag.settings import Settings
from rag.warmup import PartState, Warmup
from store import call_statistics, findings, health, vitals
from store.engine import Database, Unavailable
from store.records import AnswerCount, CallStatistics, DatabaseState, DraftCounts, HealthRecord, LibraryCounts

__all__ = ["Index", "Limit", "ModelStatus", "Operations", "Queue"]

DAY = timedelta(days=1)
FRESH_S = 3.0  # how long the day's figures are kept: several pages look at them, each every few seconds
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """A configured model: how it does now, and did over the last day."""

    name: str
    model: str  # how its server calls it
    health: HealthRecord
    day: CallStatistics
    drafts: DraftCounts


@dataclass(frozen=True, slots=True)
class Queue:
    """What is being worked on."""

    running: int  # answers, in this process
    waiting: int
    at_once: int
    closing: bool


@dataclass(frozen=True, slots=True)
class Index:
    """Search by meaning."""

    state: PartState
    why: Kind | None  # the problem, when it does not answer
    owner: str  # whose the index is, in words
    embedding: str  # the model's name


class Operations:
    """Tells how the house does. Safe to use from many threads."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        chain: Chain,
        budget: Budget,
        jobs: Jobs,
        warmup: Warmup,
        indexes: Indexes,
        process: str,
    ) -> None:
        self._settings = settings
        self._database = database
        self._chain = chain
        self._budget = budget
        self._jobs = jobs
        self._warmup = warmup
        self._indexes = indexes
        self._process = process
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, Any]] = {}

    def models(self) -> list[ModelStatus]:
        """The configured models in the order in which they are asked. Raises Unavailable."""
        day, drafts = self._fresh("calls", self._calls)
        return [
            ModelStatus(
                name := model.name,
                model.model,
                known,
                day.get(name, CallStatistics(name)),
                drafts.get(name, DraftCounts()),
            )
            for model, known in zip(self._settings.models, self._chain.health(), strict=True)
        ]

    def take_out(self, name: str) -> bool:
        """The model is not asked until it is put back, by any process; answers that it writes go on.

        Gives whether that could be kept: without its database only this process knows, until the database is back.
        """
        self._chain.take_out(name)
        return self._is_taken_out(name) is True

    def put_back(self, name: str) -> bool:
        """The model is asked again at once, also when it was resting. Gives whether that could be kept."""
        self._chain.put_back(name)
        return self._is_taken_out(name) is False

    def answers(self) -> list[AnswerCount]:
        """The answers of the last day by how they ended and who wrote them. Raises Unavailable."""
        return self._fresh("answers", self._answers)

    def budget(self) -> list[Limit]:
        """How each limit that is set stands. Raises Unavailable."""
        return self._fresh("budget", self._budget.states)

    def queue(self) -> Queue:
        running, waiting = self._jobs.load()
        return Queue(running, waiting, self._settings.answers.at_once, self._jobs.closing)

    def library(self) -> LibraryCounts:
        """Raises Unavailable."""
        return self._fresh("library", self._library)

    def index(self) -> Index:
        """Raises Unavailable."""
        state = self._warmup.states()["meaning"]
        if self._settings.chroma_url:
            owner = "a Chroma server"
        else:
            owner = "another process" if state == "elsewhere" else "this process"
        why = None if state == "ready" else self._warmup.why_no_meaning()
        return Index(state, why, owner, self._indexes.shelf().active.embedding.model)

    def parts(self) -> dict[str, PartState]:
        """What is loaded and what is still warming up."""
        return self._warmup.states()

    def database(self) -> DatabaseState:
        """Raises Unavailable."""
        return vitals.database(self._database)

    def machine(self) -> Machine:
        return machine.look(self._settings.data_dir, uptime_s=time.monotonic() - self._began)

    def _is_taken_out(self, name: str) -> bool | None:
        """As all processes see it; None while the database is away."""
        try:
            with self._database.read() as session:
                known = health.read_all(session).get(name)
        except Unavailable:
            return None
        return known.taken_out if known else False

    def _calls(self) -> tuple[dict[str, CallStatistics], dict[str, DraftCounts]]:
        since = datetime.now(UTC) - DAY
        with self._database.read() as session:
            return call_statistics.of_calls(session, since), findings.count_drafts(session, since)

    def _answers(self) -> list[AnswerCount]:
        with self._database.read() as session:
            return call_statistics.of_answers(session, datetime.now(UTC) - DAY)

    def _library(self) -> LibraryCounts:
        with self._database.read() as session:
            return vitals.library(session, self._process)

    def _fresh(self, name: str, read: Callable[[], T]) -> T:
        """What was read a moment ago, or reads it; by one thread at a time."""
        with self._lock:
            at, kept = self._kept.get(name, (float("-inf"), None))
            if time.monotonic() - at > FRESH_S:
                kept = read()
                self._kept[name] = (time.monotonic(), kept)
        found: T = kept
        return found
