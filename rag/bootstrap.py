"""The one place that builds everything. Nothing happens at import; `build` is quick, heavy parts come by warm-up."""

from collections.abc import Callable, Sequence
from functools import cache, partial

from guards.answer import AnswerGuard
from rag import prompting, samples
from rag.admission import Admission
from rag.answering import Answering
from rag.assistant import Assistant
from rag.budget import Budget
from rag.catalogue import Catalogue
from rag.examples import Examples
from rag.guarding import OWN, Guarding
from rag.house import House
from rag.ingest.indexing import Indexing
from rag.ingest.library import Library
from rag.ingest.parsing import Limits, Parser, ProcessParser
from rag.ingest.reading import Reading
from rag.ingest.rebuilding import Rebuilding
from rag.ingest.scanning import Scanner
from rag.ingest.worker import Worker
from rag.jobs import Jobs
from rag.limits import RateLimit
from rag.metrics import Metrics
from rag.models.calls import CallLog, first_times
from rag.models.chain import Chain
from rag.models.chat import ChatModel
from rag.models.health import HealthBook
from rag.models.line import Line
from rag.models.loop import StreamLoop
from rag.moderation import moderating
from rag.opening import opened
from rag.operations import Operations
from rag.pipeline import Pipeline, Search
from rag.retrieval.embedding import Embedder, embedder_for
from rag.retrieval.indexes import Indexes
from rag.retrieval.reranking import open_reranker
from rag.retrieval.search import Retriever
from rag.retrieval.vectors import VectorIndex, open_index
from rag.review.passing import Passing
from rag.review.verified import Verified
from rag.reviewing import Reviews
from rag.rewriting import Rewriter
from rag.settings import Answers, Embedding, Settings
from rag.trial import Trials
from rag.warmup import Warmup
from rag.writing.writers import Writers
from store import answers, prompts
from store.engine import Database


def build(
    settings: Settings,
    *,
    embedder: Callable[[Embedding], Embedder] | None = None,
    guard: Callable[[], AnswerGuard] = AnswerGuard,
    parser: Callable[[Limits], Parser] = ProcessParser,
) -> House:
    """Builds the house over a data folder, brings its tables up to date and tidies up after processes that died.

    Raises store.engine.Unavailable, OSError, BadSettings.
    """
    database, liveness = opened(settings)
    loop, book, metrics = StreamLoop(), HealthBook(database), Metrics()
    calls = CallLog(database, metrics.asked)
    owns_index = bool(settings.chroma_url) or liveness.own_index()
    indexes = _indexes(settings, database, embedder or partial(embedder_for, folder=settings.data_dir / "models"))
    models = partial(_models, settings, database, loop, book, calls)
    warmup = _warmup(settings, models, guard, indexes if owns_index else None)
    library, jobs = _library(settings, database), _jobs(settings.answers, database)
    retriever = Retriever(database, warmup, settings.retrieval, open_reranker(settings.retrieval.reranker))
    budget = Budget(database, settings.budget, settings.models)
    pipelines = partial(_pipeline, settings, database, warmup, _guarding(settings, database, warmup))
    pipeline = pipelines(chain := _chain(settings, warmup, book, budget), retriever)
    return House(
        settings=settings,
        database=database,
        retriever=retriever,
        chain=chain,
        budget=budget,
        pipeline=pipeline,
        assistant=_assistant(settings, database, pipeline, jobs, library, liveness.process, metrics, budget),
        library=library,
        catalogue=Catalogue(database),
        indexes=indexes,
        warmup=warmup,
        worker=_worker(settings, database, library, indexes, warmup, parser, jobs, Scanner(pipeline.guarding)),
        jobs=jobs,
        liveness=liveness,
        loop=loop,
        calls=calls,
        metrics=metrics,
        owns_index=owns_index,
        trials=Trials(pipelines, chain, warmup.models, retriever),
        operations=Operations(settings, database, chain, budget, jobs, warmup, indexes, liveness.process),
    )


def _warmup(
    settings: Settings, models: Callable[[], Sequence[Line]], guard: Callable[[], AnswerGuard], indexes: Indexes | None
) -> Warmup:
    meaning = indexes.open if indexes else None
    return Warmup(models=models, guard=guard, meaning=meaning, guard_at_once=bool(settings.models))


def _guarding(settings: Settings, database: Database, warmup: Warmup) -> Guarding:
    return Guarding(database, settings.guards, {**OWN, **moderating(settings)}, embed=warmup.embed)


def _library(settings: Settings, database: Database) -> Library:
    return Library(database, settings.data_dir / "originals", settings.documents.max_megabytes * 1_000_000)


def _jobs(answers: Answers, database: Database) -> Jobs:
    save = partial(_save_progress, database)
    return Jobs(save, at_once=answers.at_once, each=answers.per_person_at_once, waiting=answers.waiting)


def _chain(settings: Settings, warmup: Warmup, book: HealthBook, budget: Budget) -> Chain:
    names = [model.name for model in settings.models]
    return Chain(warmup.models, book, names=names, hedge=settings.answers.hedge, budget=budget)


def _assistant(
    settings: Settings,
    database: Database,
    pipeline: Pipeline,
    jobs: Jobs,
    library: Library,
    process: str,
    metrics: Metrics,
    budget: Budget,
) -> Assistant:
    answering = Answering(database, pipeline, jobs, settings, metrics=metrics, budget=budget)
    admission = Admission(jobs, RateLimit(settings.limits, database), budget)
    reviews = Reviews(database, metrics.appealed)
    return Assistant(database, answering, jobs, library, process, admission=admission, reviews=reviews)


def _worker(
    settings: Settings,
    database: Database,
    library: Library,
    indexes: Indexes,
    warmup: Warmup,
    parser: Callable[[Limits], Parser],
    jobs: Jobs,
    scanner: Scanner,
) -> Worker:
    limits = Limits(seconds=settings.documents.parse_seconds, megabytes=settings.documents.parse_megabytes)
    return Worker(
        database,
        library,
        [Reading(database, library, parser(limits), scanner) for _ in range(settings.documents.parsed_at_once)],
        Indexing(database, warmup.meaning, others=indexes.others, report_damage=warmup.report_damage),
        Rebuilding(database, indexes, settings.retrieval, warmup, more_cases=partial(samples.cases, database)),
        busy=jobs.busy,
    )


def _pipeline(
    settings: Settings, database: Database, warmup: Warmup, guarding: Guarding, chain: Chain, retriever: Search
) -> Pipeline:
    with database.write() as session:
        answer = prompts.keep(session, "answer", prompting.read("answer"))
        rewrite = prompts.keep(session, "rewrite", prompting.read("rewrite"))
    rewriter = Rewriter(chain if settings.models else None, rewrite.text)
    writers = Writers(warmup, chain, answer, settings.brand.name, Examples(database))
    passing = Passing(guarding, writers.instructions, warm=lambda: warmup.embedder() is not None)
    return Pipeline(rewriter, retriever, writers, guarding, Verified(database, warmup.embed, passing))


def _models(
    settings: Settings, database: Database, loop: StreamLoop, book: HealthBook, calls: CallLog
) -> Sequence[Line]:
    return [
        Line(
            model,
            ChatModel(model, settings.answers, loop, kept=settings.guards.masked),
            book,
            keep=calls.keep,
            first_ms=first_times(database, model.name),
        )
        for model in settings.models
    ]


def _indexes(settings: Settings, database: Database, embedder: Callable[[Embedding], Embedder]) -> Indexes:
    def index(collection: str, dimensions: int) -> VectorIndex:
        folder = settings.data_dir / "chroma"
        return open_index(folder, settings.chroma_url, collection=collection, dimensions=dimensions)

    return Indexes(database, settings.embedding, embedder=cache(embedder), index=index)


def _save_progress(database: Database, texts: "dict[int, str]") -> None:
    with database.write() as session:
        answers.save_progress(session, texts)
