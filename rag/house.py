"""The house: everything that lives as long as the process, and what it can do as a whole."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from rag import samples
from rag.assistant import Assistant, mark_interrupted
from rag.budget import Budget
from rag.catalogue import Catalogue
from rag.clients import Clients
from rag.desk import Desk
from rag.guarding import Guarding
from rag.ingest import inspection
from rag.ingest.inspection import Drift
from rag.ingest.library import Library
from rag.ingest.worker import Worker
from rag.jobs import Jobs
from rag.likeness import likeness
from rag.liveness import Liveness
from rag.meter import Meter
from rag.metrics import Metrics, Standing
from rag.models.calls import CallLog
from rag.models.chain import Chain
from rag.models.loop import StreamLoop
from rag.operations import Operations
from rag.pipeline import Pipeline
from rag.retrieval.indexes import Indexes
from rag.retrieval.search import Retriever
from rag.retrieval.side_by_side import RankedChunk, side_by_side
from rag.retrieval.vectors import Damaged
from rag.settings import Settings
from rag.signals import Signals
from rag.trial import Trials
from rag.warmup import Warmup
from store import progress
from store.engine import Database, Unavailable

CHORES_AFTER_S = 20.0  # after the start: heavy imports come first


@dataclass(frozen=True)
class House:
    """Everything that lives as long as the process."""

    settings: Settings
    database: Database
    retriever: Retriever
    chain: Chain
    budget: Budget
    pipeline: Pipeline
    assistant: Assistant
    library: Library
    catalogue: Catalogue
    indexes: Indexes
    warmup: Warmup
    worker: Worker
    jobs: Jobs
    liveness: Liveness
    loop: StreamLoop
    calls: CallLog
    metrics: Metrics
    owns_index: bool
    trials: Trials
    operations: Operations

    def __post_init__(self) -> None:
        self.metrics.watch(self.standing)

    @property
    def guarding(self) -> Guarding:
        """The guards at their stands."""
        return self.pipeline.guarding

    @cached_property
    def desk(self) -> Desk:
        """What analysts look at and decide."""
        asking = (self.warmup.models, self.budget)
        return Desk(self.settings, self.database, self.pipeline, self.warmup.embedder, self.jobs.busy, asking)

    @cached_property
    def signals(self) -> Signals:
        """What readers do with their answers."""
        return Signals(self.database, self.settings.feedback, likeness(self.warmup.embedder))

    @cached_property
    def meter(self) -> Meter:
        """How often guards bark at harmless questions."""
        return Meter(self.database, self.guarding)

    @cached_property
    def clients(self) -> Clients:
        """The programs that may use the HTTP API."""
        return Clients(self.database)

    def start(self, *, after_s: float = 0) -> None:
        """Begins to store signals, to work off the queue in the process that owns the index, and after some time to
        warm up. May be called again.
        """
        self.signals.start()
        self.chain.rouse()
        self.warmup.start(after_s=after_s)
        if self.owns_index and not self.worker.is_running:
            self.worker.recover()
            self.worker.start()
        if self.owns_index:
            self.desk.chores.start(after_s=CHORES_AFTER_S)

    def suggestions(self) -> list[str]:
        """Questions to begin with: the brand's own, or those of the samples while they are there."""
        if self.settings.brand.suggestions:
            return self.settings.brand.suggestions
        return samples.suggestions(self.database)

    def try_search(self, query: str, tags: Sequence[str] = ()) -> tuple[RankedChunk, ...]:
        """A search laid open. Raises store.engine.Unavailable."""
        return side_by_side(self.retriever.find(query, tags))

    def load_samples(self) -> int:
        """Queues the demo's documents into an empty library, once; gives how many."""
        return samples.load(self.database, self.library)

    def check(self) -> Drift:
        """Looks whether SQL, vectors and files fit together, and mends what does not. Raises Unavailable, Damaged."""
        meaning = self.warmup.meaning()
        try:
            return inspection.inspect(self.database, self.library, meaning.index if meaning else None)
        except Damaged:
            if meaning:
                self.warmup.report_damage(meaning)  # opened again, and filled from SQL
            raise
        finally:
            self.library.changed.set()

    @property
    def closing(self) -> bool:
        """No questions are taken any more."""
        return self.jobs.closing

    def standing(self) -> Standing:
        """What is under way now, for metrics."""
        running, waiting = self.jobs.load()
        files: int | None = None
        with suppress(Unavailable), self.database.read() as session:
            files = progress.count_unfinished(session)
        return Standing(running, waiting, files, tuple(self.chain.health()))

    def drain(self) -> bool:
        """Takes no more questions and lets running answers end, in bounded time; gives whether there were any."""
        busy = self.jobs.busy()
        self.jobs.close(self.settings.answers.shutdown_s)
        return busy

    def hurry(self) -> None:
        """Running answers get no more time."""
        self.jobs.close(0)

    def close(self) -> None:
        """Lets answers end, then lets go of everything."""
        self.jobs.close(self.settings.answers.shutdown_s)
        self.trials.close()
        self.guarding.close()
        self.worker.close()
        self.desk.close()
        self.warmup.close()
        self.loop.close()
        self.calls.close()
        self.signals.close()
        with suppress(Unavailable):  # then the next start finds that this process is gone
            mark_interrupted(self.database, [self.liveness.process])
        self.liveness.close()
        self.database.close()
