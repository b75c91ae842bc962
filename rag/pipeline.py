"""The way of one question: check, rewrite, retrieve, write. A generator of events, see rag/events.py.

Expected trouble is an event; only bugs raise, and Cancelled when the reader stops the answer.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from guards.question import check_question
from rag.cancellation import Cancellation
from rag.events import Answered, Checked, Event, Failed, Last, NotFound, Refused, Retrieved, Rewritten
from rag.problems import CATALOGUE, Kind
from rag.rewriting import Rewriter
from rag.task import Task
from rag.types import Answer, Question, Retrieval, Spend, unpaid
from rag.writing.writers import Writers
from store.engine import Unavailable

log = logging.getLogger(__name__)


class Search(Protocol):
    """Finds passages. Raises store.engine.Unavailable."""

    def search(self, query: str, tags: Sequence[str] = ()) -> Retrieval: ...


class Pipeline:
    """Answers questions. Safe to use from many threads."""

    def __init__(self, rewriter: Rewriter, retriever: Search, writers: Writers) -> None:
        self._rewriter = rewriter
        self._retriever = retriever
        self._writers = writers

    def answer(self, question: Question, cancellation: Cancellation, spend: Spend = unpaid) -> Iterator[Event]:
        """The events of one answer, in order; the last one carries it. `spend` is told what each request cost."""
        verdict = check_question(question.text)
        if not verdict.allowed:
            yield Refused(_refusal(" ".join(finding.why for finding in verdict.findings)))
            return
        question = replace(question, text=verdict.text)
        yield Checked(question.text)
        query = self._rewriter.rewrite(question, cancellation, spend)
        yield Rewritten(query)
        try:
            retrieval = self._retriever.search(query.text, question.tags)
        except Unavailable:
            log.exception("The search failed")
            yield Failed(_failure("search_failed"))
            return
        yield Retrieved(retrieval)
        if retrieval.library_empty:
            yield Failed(_failure("library_empty"))
            return
        answer = yield from self._writers.write(Task(question, query, retrieval, cancellation, spend))
        yield last(answer)


def last(answer: Answer) -> Last:
    """The event that ends with this answer."""
    kinds: dict[str, type[Last]] = {"answered": Answered, "not_found": NotFound, "refused": Refused, "failed": Failed}
    return kinds[answer.status](answer)


def _failure(kind: Kind) -> Answer:
    return Answer(text=CATALOGUE[kind].sentence, status="failed", problem=kind)


def _refusal(why: str) -> Answer:
    return Answer(text=why, status="refused")
