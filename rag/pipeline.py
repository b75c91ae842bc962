"""The way of one question: check, rewrite, serve a verified answer or retrieve and write. Yields events: rag/events.py.

Expected trouble is an event; only bugs raise, and Cancelled when the reader stops the answer.
"""

import logging
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from guards.guard import Context
from guards.question import check_question
from guards.verdicts import STOPPING, blotted, masked
from rag.cancellation import Cancellation
from rag.events import Answered, Checked, Event, Failed, Guarded, Last, NotFound, Refused, Retrieved, Rewritten
from rag.findings import tainted
from rag.guarding import Guarding
from rag.problems import CATALOGUE, Kind
from rag.refusing import refused
from rag.review.serving import served
from rag.review.verified import Verified
from rag.rewriting import Rewriter
from rag.task import Task
from rag.types import Answer, Passage, Question, Retrieval, Spend, unpaid
from rag.writing.writers import Writers
from store.engine import Unavailable

log = logging.getLogger(__name__)


class Search(Protocol):
    """Finds passages. Raises store.engine.Unavailable."""

    def search(self, query: str, tags: Sequence[str] = ()) -> Retrieval: ...


class Pipeline:
    """Answers questions. Safe to use from many threads."""

    def __init__(
        self, rewriter: Rewriter, retriever: Search, writers: Writers, guarding: Guarding, verified: Verified
    ) -> None:
        self.guarding = guarding
        self.verified = verified
        self._rewriter = rewriter
        self._retriever = retriever
        self.writers = writers

    def answer(self, question: Question, cancellation: Cancellation, spend: Spend = unpaid) -> Iterator[Event]:
        """The events of one answer, in order; the last one carries it. `spend` is told what each request cost."""
        verdict = check_question(question.text)
        if not verdict.allowed:
            yield Refused(_refusal(" ".join(finding.why for finding in verdict.findings)))
            return
        ruling = self.guarding.rule("question", verdict.text, _beside(question))
        if ruling.acted or ruling.broken:
            yield Guarded("question", ruling)
        if ruling.action in STOPPING:
            yield Refused(refused(ruling))
            return
        question = replace(question, text=masked(verdict.text, ruling.doing("mask")))
        yield Checked(question.text, ruling.scores)
        query = self._rewriter.rewrite(question, cancellation, spend)
        yield Rewritten(query)
        try:
            if not question.anew and (found := self.verified.find(query.text, question.tags)):
                yield from served(found, query)
                return
            retrieval = self._retriever.search(query.text, question.tags)
        except Unavailable:
            log.exception("The search failed")
            yield Failed(_failure("search_failed"))
            return
        if self.guarding.stands("passage"):
            retrieval = yield from self._looked_at(retrieval, question)
        if retrieval.suspects:
            yield Guarded("passage", tainted(retrieval.suspects))
        yield Retrieved(retrieval)
        if retrieval.library_empty:
            yield Failed(_failure("library_empty"))
            return
        instructions = self.writers.instructions
        task = Task(question, query, retrieval, cancellation, self.guarding, spend, instructions=instructions)
        answer = yield from self.writers.write(task)
        yield last(answer)

    def _looked_at(self, retrieval: Retrieval, question: Question) -> Generator[Guarded, None, Retrieval]:
        """The passages that may be given to a writer."""
        kept: list[Passage] = []
        for passage in retrieval.passages:
            ruling = self.guarding.rule("passage", passage.text, Context(question=question.text))
            if ruling.acted or ruling.broken:
                yield Guarded("passage", ruling)
            if ruling.action not in STOPPING:
                kept.append(replace(passage, number=len(kept) + 1, text=blotted(passage.text, ruling.doing("mask"))))
        return replace(retrieval, passages=tuple(kept), relevant=retrieval.relevant and bool(kept))


def last(answer: Answer) -> Last:
    """The event that ends with this answer."""
    kinds: dict[str, type[Last]] = {"answered": Answered, "not_found": NotFound, "refused": Refused, "failed": Failed}
    return kinds[answer.status](answer)


def _failure(kind: Kind) -> Answer:
    return Answer(text=CATALOGUE[kind].sentence, status="failed", problem=kind)


def _beside(question: Question) -> Context:
    return Context(question=question.text, history=tuple(turn.question for turn in question.history))


def _refusal(why: str) -> Answer:
    return Answer(text=why, status="refused")
