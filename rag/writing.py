"""Writing the answer: the chain of models, their drafts validated, and the extractive writer as the last link.

A model that fails hands over to the next; what was shown stays and is continued. A draft that does not pass its
validation is asked for once more; a second failure replaces it by the documents' own words.
"""

import logging
import secrets
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from guards.answer import AnswerGuard
from guards.schema import Draft, response_format
from guards.stream import AnswerStream
from rag import prompting
from rag.cancellation import Cancellation
from rag.citations import Numbering, cite, claim_sources, unmarked
from rag.events import Event, HandedOver, Revised, TextDelta, Writing
from rag.models.chat import ChatModel, Message
from rag.models.trouble import ModelTrouble
from rag.problems import Kind
from rag.retrieval.embedding import Embedder
from rag.types import Answer, Passage, Query, Question, Retrieval, Status, Usage
from rag.writers import extractive
from store.records import PromptRecord

NOT_FOUND = "I could not find this in the documents."
HISTORY_TURNS = 3
log = logging.getLogger(__name__)


class Parts(Protocol):
    """What writing needs and what may still be warming up; each call waits until its part is there."""

    def models(self) -> Sequence[ChatModel]: ...
    def guard(self) -> AnswerGuard: ...
    def embedder(self) -> Embedder | None:
        """Does not wait: None while it warms up."""


class Unverified(Exception):
    """A model's draft failed its validation twice."""


@dataclass(slots=True)
class Task:
    """One answer in the making: what was asked and found, and what the reader sees so far."""

    question: Question
    query: Query
    retrieval: Retrieval
    cancellation: Cancellation
    numbering: Numbering = field(init=False)
    written: str = ""  # the text so far, with the writers' own numbers
    shown: str = ""  # the same as the reader sees it
    usage: Usage = field(default_factory=Usage)
    trouble: Kind | None = None

    def __post_init__(self) -> None:
        self.numbering = Numbering(self.passages)

    @property
    def passages(self) -> tuple[Passage, ...]:
        return self.retrieval.passages

    def add(self, delta: str) -> Iterator[TextDelta]:
        """Takes more of the writer's text and gives what can be shown of it."""
        self.written += delta
        yield from self._show(self.numbering.feed(delta))

    def break_off(self) -> Iterator[TextDelta]:
        """The writer fell silent in the middle; the next one starts a new paragraph."""
        if self.written:
            yield from self.add(" …\n\n")
            yield from self._show(self.numbering.rest())

    def start_over(self) -> None:
        """Nothing of what was shown is to stay."""
        self.numbering, self.written, self.shown = Numbering(self.passages), "", ""

    def _show(self, text: str) -> Iterator[TextDelta]:
        if text:
            self.shown += text
            yield TextDelta(text)


class Writers:
    """The chain: each configured model in order, then the extractive writer."""

    def __init__(self, parts: Parts, prompt: PromptRecord, brand: str) -> None:
        self._parts = parts
        self._prompt = prompt
        self._brand = brand

    def write(self, task: Task) -> Generator[Event, None, Answer]:
        """Streams the answer's events and returns it. Raises Cancelled."""
        # With nothing found a model could only make something up.
        models = list(self._parts.models()) if task.passages else []
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

    def _by_model(self, task: Task, model: ChatModel) -> Generator[Event, None, Answer]:
        before = task.written
        messages = self._messages(task)
        yield Writing(model.name)
        raw = yield from self._stream(task, model, messages)
        draft, problems = self._validate(raw, task)
        if draft is None:
            yield Writing(model.name, attempt=2)
            raw = self._again(task, model, [*messages, ("ai", raw), ("human", self._mend(problems))])
            draft, problems = self._validate(raw, task)
        if draft is None:
            log.warning("The draft of %s failed its validation twice: %s", model.name, "; ".join(problems))
            raise Unverified
        return (yield from self._finish(task, _continued(before, draft, task.passages), model.name))

    def _stream(self, task: Task, model: ChatModel, messages: Sequence[Message]) -> Generator[Event, None, str]:
        """Shows the `answer` of the growing JSON; returns the JSON."""
        raw: list[str] = []
        answer = AnswerStream()
        for piece in model.stream(messages, task.cancellation, response_format=_format(model)):
            task.usage += piece.usage or Usage()
            raw.append(piece.text)
            if delta := answer.feed(piece.text):
                yield from task.add(delta)
        return "".join(raw)

    def _again(self, task: Task, model: ChatModel, messages: Sequence[Message]) -> str:
        """Asks for a mended draft. A model that fails now has had its chance."""
        raw: list[str] = []
        try:
            for piece in model.stream(messages, task.cancellation, response_format=_format(model)):
                task.usage += piece.usage or Usage()
                raw.append(piece.text)
        except ModelTrouble as trouble:
            log.warning("The model %s failed when asked again: %s", model.name, trouble)
        return "".join(raw)

    def _validate(self, raw: str, task: Task) -> tuple[Draft | None, tuple[str, ...]]:
        validation = self._parts.guard().validate(raw, [passage.text for passage in task.passages])
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

    def _messages(self, task: Task) -> list[Message]:
        text, fence = self._prompt.text, secrets.token_hex(4)
        messages: list[Message] = [("system", prompting.part(text, "system", brand=self._brand, fence=fence))]
        for turn in task.question.history[-HISTORY_TURNS:]:
            messages += [("human", turn.question), ("ai", unmarked(turn.answer))]
        passages = prompting.fenced(task.passages, fence)
        messages.append(("human", prompting.part(text, "user", passages=passages, question=task.question.text)))
        if task.written:
            messages.append(("human", prompting.part(text, "continue", shown=task.written)))
        return messages

    def _mend(self, problems: Sequence[str]) -> str:
        return prompting.part(self._prompt.text, "again", problems="\n".join(f"- {p}" for p in problems))


def _continued(before: str, draft: Draft, passages: Sequence[Passage]) -> Draft:
    """The draft behind a beginning that another writer left without quotes."""
    if not before:
        return draft
    return Draft(
        answer=before + draft.answer,
        citations=[*claim_sources(before, passages), *draft.citations],
        answerable=True,
        follow_ups=draft.follow_ups,
    )


def _format(model: ChatModel) -> dict[str, object] | None:
    match model.structured:
        case "json_schema":
            return response_format()
        case "json_object":
            return {"type": "json_object"}
        case _:
            return None
