"""The one place that builds everything. Nothing happens at import; `build` is quick, heavy parts come by warm-up."""

import logging
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from guards.answer import AnswerGuard
from rag import prompting
from rag.answering import Answering
from rag.assistant import Assistant, mark_interrupted
from rag.ingest.library import Library
from rag.ingest.worker import Worker
from rag.jobs import Jobs
from rag.liveness import Liveness
from rag.models.chat import ChatModel
from rag.models.loop import StreamLoop
from rag.pipeline import Pipeline
from rag.retrieval.embedding import Embedder, embedder_for
from rag.retrieval.search import Meaning, Retriever
from rag.retrieval.vectors import open_index
from rag.rewriting import Rewriter
from rag.settings import Settings
from rag.warmup import Warmup
from rag.writing import Writers
from store import answers, documents, facts, prompts
from store.engine import Database

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "documents"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class House:
    """Everything that lives as long as the process."""

    settings: Settings
    database: Database
    pipeline: Pipeline
    assistant: Assistant
    library: Library
    warmup: Warmup
    worker: Worker
    jobs: Jobs
    liveness: Liveness
    loop: StreamLoop
    owns_index: bool

    def start(self, *, after_s: float = 0) -> None:
        """Begins to work off the queue, in the process that owns the index, and after some time to warm up."""
        self.warmup.start(after_s=after_s)
        if self.owns_index:
            self.worker.recover()
            self.worker.start()

    def suggestions(self) -> list[str]:
        """Questions to begin with: the brand's own, or those of the samples while they are there."""
        if self.settings.brand.suggestions:
            return self.settings.brand.suggestions
        with self.database.read() as session:
            loaded = facts.get(session, "samples") or {}
        return list(loaded.get("suggestions", ()))

    def close(self) -> None:
        """Lets answers end, then lets go of everything."""
        self.jobs.close(self.settings.answers.shutdown_s)
        self.worker.close()
        self.warmup.close()
        self.loop.close()
        mark_interrupted(self.database, [self.liveness.process])
        self.liveness.close()
        self.database.close()


def build(
    settings: Settings,
    *,
    embedder: Callable[[], Embedder] | None = None,
    guard: Callable[[], AnswerGuard] = AnswerGuard,
) -> House:
    """Builds the house over a data folder, brings its tables up to date and tidies up after processes that died.

    Raises store.engine.Unavailable, OSError.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    liveness = Liveness(settings.data_dir)
    database = Database(settings.database)
    database.migrate()
    _mark_interrupted(database, liveness)
    loop = StreamLoop()
    embedder = embedder or partial(embedder_for, settings.embedding, settings.data_dir / "models")
    owns_index = bool(settings.chroma_url) or liveness.own_index()
    warmup = Warmup(
        models=partial(_models, settings, loop),
        guard=guard,
        meaning=partial(_meaning, settings, database, cache(embedder)) if owns_index else None,
        guard_at_once=bool(settings.models),
    )
    library = Library(database, settings.data_dir / "originals", settings.documents.max_megabytes * 1_000_000)
    jobs = Jobs(partial(_save_progress, database), at_once=settings.answers.at_once)
    pipeline = _pipeline(settings, database, warmup)
    answering = Answering(database, pipeline, jobs, settings)
    return House(
        settings=settings,
        database=database,
        pipeline=pipeline,
        assistant=Assistant(database, answering, jobs, library, liveness.process),
        library=library,
        warmup=warmup,
        worker=Worker(database, library, warmup.meaning, busy=jobs.busy, report_damage=warmup.report_damage),
        jobs=jobs,
        liveness=liveness,
        loop=loop,
        owns_index=owns_index,
    )


def load_samples(house: House, folder: Path = SAMPLES) -> int:
    """Queues the demo's documents once in the life of a data folder; gives how many. Deleted ones stay deleted."""
    with house.database.read() as session:
        if facts.get(session, "samples") is not None or documents.count(session):
            return 0
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    for path in paths:
        house.library.add(path.name, path.read_bytes(), added_by="samples")
    with house.database.write() as session:
        facts.put(session, "samples", {"documents": len(paths), "suggestions": _suggested(folder)})
    return len(paths)


def _suggested(folder: Path) -> list[str]:
    questions = tomllib.loads((folder.parent / "questions.toml").read_text(encoding="utf-8"))
    return [suggested["question"] for suggested in questions["suggested"]]


def _pipeline(settings: Settings, database: Database, warmup: Warmup) -> Pipeline:
    with database.write() as session:
        answer = prompts.keep(session, "answer", prompting.read("answer"))
        rewrite = prompts.keep(session, "rewrite", prompting.read("rewrite"))
    return Pipeline(
        Rewriter(warmup.models if settings.models else None, rewrite.text),
        Retriever(database, warmup, settings.retrieval),
        Writers(warmup, answer, settings.brand.name),
    )


def _models(settings: Settings, loop: StreamLoop) -> Sequence[ChatModel]:
    return [ChatModel(model, settings.answers, loop) for model in settings.models]


def _meaning(settings: Settings, database: Database, embedder: Callable[[], Embedder]) -> Meaning:
    model = embedder()
    index = open_index(settings.data_dir / "chroma", settings.chroma_url, dimensions=model.dimensions)
    with database.read() as session:
        embedded = documents.embedded_ids(session)
    missing = sorted(embedded - index.ids())
    if missing:
        log.warning("%d chunks have lost their vectors; they are embedded again", len(missing))
        with database.write() as session:
            documents.embed_again(session, missing)
    return Meaning(model, index)


def _mark_interrupted(database: Database, liveness: Liveness) -> None:
    with database.read() as session:
        writing = answers.owners(session)
    count = mark_interrupted(database, liveness.dead(writing))
    if count:
        log.warning("%d answers were interrupted when a process died; their text is kept", count)


def _save_progress(database: Database, texts: "dict[int, str]") -> None:
    with database.write() as session:
        answers.save_progress(session, texts)
