"""Writing the answer: the chain of models, each judged, and the extractive writer as the last link.

A model that fails hands over to the next, which goes on behind what the reader sees. A reply that cannot be used is
asked for once more; then it is taken back and the next model writes.
"""

import logging
from collections.abc import Generator, Sequence
from typing import Protocol

from guards.answer import AnswerGuard
from guards.follow_ups import sane
from guards.schema import Draft
from guards.verdicts import Ruling
from rag.cancellation import Cancellation, Cancelled
from rag.events import Event, HandedOver, Noted, Writing
from rag.examples import Examples
from rag.models.chain import Chain
from rag.models.line import Line
from rag.models.trouble import ModelTrouble
from rag.problems import PartMissing
from rag.prompting import part
from rag.refusing import refusal
from rag.retrieval.embedding import Embedder
from rag.task import Task, Written
from rag.types import Answer, Status
from rag.writers import extractive
from rag.writing.asking import Asking, Unusable
from rag.writing.extracting import extract
from store.records import PromptRecord

NOT_FOUND = "I could not find this in the documents."
log = logging.getLogger(__name__)


class Parts(Protocol):
    """What writing needs and what may still be warming up; calls wait until the part is there, or raise PartMissing."""

    def guard(self, cancellation: Cancellation) -> AnswerGuard: ...
    def embedder(self) -> Embedder | None:
        """Does not wait: None while it warms up."""


class Writers:
    """The chain: each configured model in order, then the extractive writer."""

    def __init__(self, parts: Parts, chain: Chain, prompt: PromptRecord, brand: str, examples: Examples) -> None:
        self._parts = parts
        self._chain = chain
        self._prompt = prompt
        self._brand = brand
        self.examples = examples
        self.instructions = part(prompt.text, "system", brand=brand, fence="", examples="")  # what no answer may repeat

    def write(self, task: Task) -> Generator[Event, None, Answer]:
        """Streams the answer's events and returns it. Raises Cancelled, with what there is so far."""
        try:
            return (yield from self._along_the_chain(task))
        except Cancelled as stop:
            stop.partial = task.partial()
            yield from task.looking.told(Ruling())
            raise

    def _along_the_chain(self, task: Task) -> Generator[Event, None, Answer]:
        models = self._models(task)
        names = [model.name for model in models] + [extractive.NAME]
        if task.examples:
            yield Noted(f"examples shown: {', '.join(str(example.id) for example in task.examples)}")
        failed = False
        for model, following in zip(models, names[1:], strict=True):
            try:
                return (yield from self._by_model(task, model))
            except PartMissing:  # nothing a model writes could be checked
                yield from task.put(Written(), "unverified")
                task.trouble = "unverified"
                break
            except (ModelTrouble, Unusable) as trouble:
                log.warning("The model %s failed: %s", model.name, trouble.kind)
                task.trouble, failed = task.trouble if failed else trouble.kind, True
                yield HandedOver(following, trouble.kind)
        return (yield from self._by_extraction(task))

    def _models(self, task: Task) -> Sequence[Line]:
        if not task.passages:  # a model could only make something up
            return ()
        task.examples = self.examples.like(task.question.text)
        chosen = self._chain.choose(task.question.person, task.cancellation)
        task.trouble = chosen.lesser
        return chosen.lines

    def _by_model(self, task: Task, model: Line) -> Generator[Event, None, Answer]:
        asking = Asking(task, model, self._prompt, self._brand)
        draft, written, writer = yield from asking.answer(lambda: self._parts.guard(task.cancellation))
        return (yield from self._finish(task, draft, written, writer))

    def _by_extraction(self, task: Task) -> Generator[Event, None, Answer]:
        yield Writing(extractive.NAME)
        embedder = self._parts.embedder() if task.retrieval.relevant else None
        found = extract(task, embedder)
        if task.written.text.rstrip() == found.kept.text:
            for piece in extractive.pieces(found.added):
                task.cancellation.check()
                yield from task.add(extractive.NAME, piece)
        return (yield from self._finish(task, found.draft, found.written, extractive.NAME))

    def _finish(self, task: Task, draft: Draft, written: Written, writer: str) -> Generator[Event, None, Answer]:
        written = task.masked(written)
        cited, parts = task.cite(draft.model_copy(update={"answer": written.text}), written.begun)
        found = draft.answerable and bool(cited.text)
        text = cited.text or NOT_FOUND
        ruling = task.looking.finished(text, cited.quotes, stopping=writer == extractive.NAME)
        yield from task.looking.told(ruling)
        if ruling.action == "refuse":
            return Answer(refusal(ruling), "refused", writer, prompt=self._prompt.reference, usage=task.usage)
        if text != task.shown.strip():
            yield from task.show(text, task.trouble or "checked")
        status: Status = "answered" if found else "not_found"
        return Answer(
            text=text,
            status=status,
            writer=writer,
            citations=cited.citations,
            follow_ups=sane(draft.follow_ups, task.question.text),
            degraded=task.trouble or (None if found else task.retrieval.lesser),
            prompt=self._prompt.reference,
            usage=task.usage,
            parts=parts,
            support=task.support(cited, parts) if found else None,
        )
