"""From a stored question to a stored answer: the pipeline run by a job, its trace taken, its end kept."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from rag.afterwards import Afterwards
from rag.budget import Budget
from rag.cancellation import Cancellation
from rag.citations import unmarked
from rag.events import Event
from rag.examples import Examples
from rag.jobs import Job, Jobs, Work
from rag.metrics import Metrics
from rag.pipeline import Pipeline
from rag.reviewing import sampled
from rag.settings import Settings
from rag.tracing import Tracer
from rag.types import Answer, Citation, Passage, Question, Usage
from store import answers, reviews, spending, verified
from store.answers import Finished
from store.engine import Database, Unavailable
from store.records import AnswerState, CitationRecord, TraceRecord, UseRecord

log = logging.getLogger(__name__)


class Account:
    """What one answer costs, whatever becomes of it."""

    def __init__(self) -> None:
        self._spent: list[Usage] = []
        self.spend = self._spent.append  # from any thread

    @property
    def usage(self) -> Usage:
        return sum(self._spent, Usage())

    @property
    def usd(self) -> float:
        """As far as prices are known."""
        return sum(usage.cost_usd or 0.0 for usage in self._spent)


class Answering:
    """Has answers written. Safe to use from many threads."""

    def __init__(
        self,
        database: Database,
        pipeline: Pipeline,
        jobs: Jobs,
        settings: Settings,
        *,
        metrics: Metrics,
        budget: Budget,
    ) -> None:
        self._database = database
        self._budget = budget
        self._pipeline = pipeline
        self._jobs = jobs
        self._settings = settings
        self._metrics = metrics
        self.afterwards = Afterwards(database)

    @property
    def examples(self) -> Examples:
        """The approved answers that models are shown."""
        return self._pipeline.writers.examples

    def begin(self, person: str, answer_id: int, question: Question) -> None:
        """Starts the job that writes this answer. Raises ShuttingDown."""
        kept = self._settings.model_dump(mode="json", include={"answers", "retrieval"})
        tracer = Tracer(kept | ({"tags": list(question.tags)} if question.tags else {}))
        account = Account()
        events = partial(self._events, question, tracer, account)
        finish, after = partial(self._finish, tracer, account), partial(self._after, tracer)
        self._jobs.start(answer_id, person, Work(events, finish, after))

    def _events(
        self, question: Question, tracer: Tracer, account: Account, cancellation: Cancellation
    ) -> Iterator[Event]:
        for event in self._pipeline.answer(question, cancellation, account.spend):
            tracer.note(event)
            self._metrics.note(event)
            yield event

    def _finish(self, tracer: Tracer, account: Account, job: Job, answer: Answer | None) -> None:
        """Stores how an answer ended. Raises Unavailable; after a bug of ours at least its text is stored."""
        if answer is None:
            ended = job.stopped or job.interrupted
            answer = Answer(unmarked(job.snapshot.text), "failed", problem=None if ended else "bug")
        state: AnswerState = "interrupted" if job.interrupted else "stopped" if job.stopped else answer.status
        answer = replace(answer, usage=account.usage)  # also of an answer that has none to tell
        trace = tracer.record(answer)
        if answer.citations:
            self.afterwards.expect(job.message_id)
        try:
            self._store(job, _finished(answer, state, tracer.passages), trace, account)
        except Unavailable:
            self.afterwards.forget(job.message_id)
            raise
        except Exception:
            log.exception("The answer %d could not be stored whole", job.message_id)
            self.afterwards.forget(job.message_id)
            self._store_text(job, answer.text, trace, account)
        self._metrics.ended(answer, state, trace.timings_ms)

    def _after(self, tracer: Tracer, job: Job, answer: Answer | None) -> None:
        """Compares its sources, when its reader has it in sight already."""
        if answer and answer.citations:
            self.afterwards.compare(job.message_id, answer.citations, tracer.passages)

    def _store_text(self, job: Job, text: str, trace: TraceRecord, account: Account) -> None:
        try:
            self._store(job, Finished(unmarked(text), "failed", problem="bug"), trace, account)
        except Unavailable:
            raise
        except Exception:  # the next start marks it as interrupted
            log.exception("The answer %d could not be stored at all", job.message_id)

    def _store(self, job: Job, finished: Finished, trace: TraceRecord, account: Account) -> None:
        with self._database.write() as session:
            answers.finish(session, job.message_id, finished, trace)
            if sampled(trace.id, self._settings.guards.sample):
                reviews.sample(session, job.message_id)
            if finished.verified is not None:
                verified.served(session, finished.verified)
            if account.usd:
                spending.add(session, job.person, usd=account.usd)
        self._budget.paid(job.person, job.cancellation, account.usd)


def _finished(answer: Answer, state: AnswerState, passages: Sequence[Passage]) -> Finished:
    return Finished(
        text=answer.text,
        state=state,
        writer=answer.writer,
        degraded=answer.degraded,
        problem=answer.problem,
        follow_ups=answer.follow_ups,
        citations=tuple(_record(citation) for citation in answer.citations),
        uses=tuple(_uses(answer, passages)),
        verified=answer.verified.id if answer.verified else None,
        sentences=None if answer.support is None else len(answer.support),
        supported=None if answer.support is None else sum(one.verdict == "supported" for one in answer.support),
    )


def _uses(answer: Answer, passages: Sequence[Passage]) -> Iterator[UseRecord]:
    """The chunks that were found, and those among them in which a citation stands."""
    if answer.verified:
        yield from answer.verified.uses
    for passage in passages:
        starts = [place.start for place in passage.places]
        ends = [*starts[1:], passage.end]
        for chunk_id, start, end in zip(passage.chunk_ids, starts, ends, strict=True):
            cited = any(c.document_id == passage.document_id and start <= c.start < end for c in answer.citations)
            yield UseRecord(passage.document_id, chunk_id, passage.number, cited)


def _record(citation: Citation) -> CitationRecord:
    return CitationRecord(
        id=0,
        number=citation.number,
        quote=citation.quote,
        document_id=citation.document_id,
        document=citation.document,
        section=citation.section,
        page=citation.page,
        start=citation.start,
        end=citation.end,
        version=citation.version,
    )
