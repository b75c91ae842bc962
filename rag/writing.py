"""Writing the answer: the chain of models, their drafts validated, and the extractive writer as the last link.

A model that fails hands over to the next; what was shown stays and is continued. A draft that does not pass its
validation is asked for once more; a second failure replaces it by the documents' own words.
"""

import logging
from collections.abc import Generator, Sequence
from typing import Protocol

from guards.answer import AnswerGuard
from guards.schema import Draft, response_format
from guards.stream import AnswerStream
from rag import prompting
from rag.cancellation import Cancellation, Cancelled
from rag.citations import cite, claim_sources
from rag.events import Event, HandedOver, Revised, TextDelta, Writing
from rag.models.chain import Chain
from rag.models.chat import Message
from rag.models.line import Line
from rag.models.trouble import ModelTrouble
from rag.problems import PartMissing
from rag.retrieval.embedding import Embedder
from rag.task import Task
from rag.types import Answer, Passage, Status
from rag.writers import extractive
from store.records import PromptRecord

NOT_FOUND = "I could not find this in the documents."
log = logging.getLogger(__name__)


class Parts(Protocol):
    """What writing needs and what may still be warming up; calls wait until the part is there, or raise PartMissing."""

    def guard(self, cancellation: Cancellation) -> AnswerGuard: ...
    def embedder(self) -> Embedder | None:
        """Does not wait: None while it warms up."""


class Unverified(Exception):
    """A model's draft failed its validation twice."""


class Writers:
    """The chain: each configured model in order, then the extractive writer."""

    def __init__(self, parts: Parts, chain: Chain, prompt: PromptRecord, brand: str) -> None:
        self._parts = parts
        self._chain = chain
        self._prompt = prompt
        self._brand = brand

    def write(self, task: Task) -> Generator[Event, None, Answer]:
        """Streams the answer's events and returns it. Raises Cancelled, with what there is so far."""
        try:
            return (yield from self._along_the_chain(task))
        except Cancelled as stop:
            stop.partial = task.partial()
            raise

    def _along_the_chain(self, task: Task) -> Generator[Event, None, Answer]:
        models = self._models(task)
        names = [model.name for model in models] + [extractive.NAME]
        for model, following in zip(models, names[1:], strict=True):
            try:
                return (yield from self._by_model(task, model))
            except ModelTrouble as trouble:
                log.warning("The model %s failed: %s", model.name, trouble)
                task.trouble = trouble.kind
                yield from task.break_off()
                yield HandedOver(following, trouble.kind)
            except Unverified:
                task.trouble = "unverified"
                if task.shown:
                    yield Revised("", "unverified")
                task.start_over()
                break
        return (yield from self._by_extraction(task))

    def _models(self, task: Task) -> Sequence[Line]:
        if not task.passages:  # a model could only make something up
            return ()
        chosen = self._chain.choose(task.question.person, task.cancellation)
        task.trouble = chosen.lesser
        return chosen.lines

    def _by_model(self, task: Task, model: Line) -> Generator[Event, None, Answer]:
        before = task.written
        messages = prompting.messages(self._prompt.text, self._brand, task)
        yield Writing(model.name)
        raw = yield from self._stream(task, model, messages)
        draft, problems = self._validate(raw, task)
        if draft is None:
            yield Writing(model.name, attempt=2)
            raw = self._again(
                task, model, [*messages, ("ai", raw), ("human", prompting.mend(self._prompt.text, problems))]
            )
            draft, problems = self._validate(raw, task)
        if draft is None:
            log.warning("The draft of %s failed its validation twice: %s", model.name, "; ".join(problems))
            raise Unverified
        return (yield from self._finish(task, _continued(before, draft, task.passages), model.name))

    def _stream(self, task: Task, model: Line, messages: Sequence[Message]) -> Generator[Event, None, str]:
        """Shows the `answer` of the growing JSON; returns the JSON."""
        raw: list[str] = []
        answer = AnswerStream()
        for piece in model.stream(messages, task.cancellation, schema=response_format(), spend=task.spend):
            raw.append(piece.text)
            if delta := answer.feed(piece.text):
                yield from task.add(delta)
        return "".join(raw)

    def _again(self, task: Task, model: Line, messages: Sequence[Message]) -> str:
        """Asks for a mended draft. A model that fails now has had its chance."""
        raw: list[str] = []
        try:
            asked = model.stream(
                messages, task.cancellation, schema=response_format(), purpose="again", spend=task.spend
            )
            raw += [piece.text for piece in asked]
        except ModelTrouble as trouble:
            log.warning("The model %s failed when asked again: %s", model.name, trouble)
        return "".join(raw)

    def _validate(self, raw: str, task: Task) -> tuple[Draft | None, tuple[str, ...]]:
        try:
            guard = self._parts.guard(task.cancellation)
        except PartMissing:
            raise Unverified from None
        validation = guard.validate(raw, [passage.text for passage in task.passages], canary=task.fence)
        return (None if validation.problems else validation.draft), validation.problems

    def _by_extraction(self, task: Task) -> Generator[Event, None, Answer]:
        yield Writing(extractive.NAME)
        chosen = []
        if task.retrieval.relevant:
            chosen = extractive.choose(task.query.text, task.passages, self._parts.embedder())
        draft = extractive.draft(chosen)
        before = task.written
        for piece in extractive.pieces(draft.answer):
            task.cancellation.check()
            yield from task.add(piece)
        return (yield from self._finish(task, _continued(before, draft, task.passages), extractive.NAME))

    def _finish(self, task: Task, draft: Draft, writer: str) -> Generator[Event, None, Answer]:
        cited = cite(draft, task.passages)
        found = draft.answerable and bool(cited.text)
        text = cited.text or NOT_FOUND
        if not task.shown:
            yield TextDelta(text)
        elif text != task.shown.strip():
            yield Revised(text, task.trouble or "checked")
        status: Status = "answered" if found else "not_found"
        return Answer(
            text=text,
            status=status,
            writer=writer,
            citations=cited.citations,
            follow_ups=tuple(draft.follow_ups),
            degraded=task.trouble or (None if found else task.retrieval.lesser),
            prompt=self._prompt.reference,
            usage=task.usage,
        )


def _continued(before: str, draft: Draft, passages: Sequence[Passage]) -> Draft:
    """The draft behind a beginning that another writer left without quotes."""
    if not before:
        return draft
    claims = claim_sources(before, passages)
    return Draft(
        answer=before + draft.answer,
        citations=[*claims, *draft.citations],
        answerable=draft.answerable or bool(claims),
        follow_ups=draft.follow_ups,
    )
