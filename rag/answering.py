"""From a stored question to a stored answer: the pipeline run by a job, its trace taken, its end kept."""

import logging
from collections.abc import Iterator, Sequence
from functools import partial

from rag.cancellation import Cancellation
from rag.citations import unmarked
from rag.events import Event
from rag.jobs import Job, Jobs, Work
from rag.metrics import Metrics
from rag.pipeline import Pipeline
from rag.settings import Settings
from rag.tracing import Tracer
from rag.types import Answer, Citation, Passage, Question
from store import answers
from store.answers import Finished
from store.engine import Database, Unavailable
from store.records import AnswerState, CitationRecord, TraceRecord, UseRecord

log = logging.getLogger(__name__)


class Answering:
    """Has answers written. Safe to use from many threads."""

    def __init__(
        self, database: Database, pipeline: Pipeline, jobs: Jobs, settings: Settings, metrics: Metrics
    ) -> None:
        self._database = database
        self._pipeline = pipeline
        self._jobs = jobs
        self._settings = settings
        self._metrics = metrics

    def begin(self, person: str, answer_id: int, question: Question) -> None:
        """Starts the job that writes this answer. Raises ShuttingDown."""
        kept = self._settings.model_dump(mode="json", include={"answers", "retrieval"})
        tracer = Tracer(kept | ({"tags": list(question.tags)} if question.tags else {}))
        self._jobs.start(
            answer_id, person, Work(partial(self._events, question, tracer), partial(self._finish, tracer))
        )

    def _events(self, question: Question, tracer: Tracer, cancellation: Cancellation) -> Iterator[Event]:
        for event in self._pipeline.answer(question, cancellation):
            tracer.note(event)
            self._metrics.note(event)
            yield event

    def _finish(self, tracer: Tracer, job: Job, answer: Answer | None) -> None:
        """Stores how an answer ended. Raises Unavailable; after a bug of ours at least its text is stored."""
        if answer is None:
            ended = job.stopped or job.interrupted
            answer = Answer(unmarked(job.snapshot.text), "failed", problem=None if ended else "bug")
        state: AnswerState = "interrupted" if job.interrupted else "stopped" if job.stopped else answer.status
        trace = tracer.record(answer)
        try:
            self._store(job.message_id, _finished(answer, state, tracer.passages), trace)
        except Unavailable:
            raise
        except Exception:
            log.exception("The answer %d could not be stored whole", job.message_id)
            self._store(job.message_id, Finished(unmarked(answer.text), "failed", problem="bug"), trace)
        self._metrics.ended(answer, state, trace.timings_ms)

    def _store(self, answer_id: int, finished: Finished, trace: TraceRecord) -> None:
        with self._database.write() as session:
            answers.finish(session, answer_id, finished, trace)


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
    )


def _uses(answer: Answer, passages: Sequence[Passage]) -> Iterator[UseRecord]:
    """The chunks that were found, and those among them in which a citation stands."""
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
