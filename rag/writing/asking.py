"""One model's turn: asked with what it can take in, streamed, judged, and asked once more if need be."""

import logging
from collections.abc import Callable, Generator, Sequence

from guards.answer import AnswerGuard
from guards.schema import Draft, response_format
from guards.stream import AnswerStream
from rag import prompting
from rag.events import Event, Noted, Writing
from rag.models.chat import Message
from rag.models.line import Line
from rag.models.trouble import ModelTrouble
from rag.problems import Kind
from rag.task import Task, Written
from rag.writing.following import Following
from rag.writing.judging import Reply, judge
from rag.writing.portions import Portion, portions
from store.records import PromptRecord

log = logging.getLogger(__name__)


class Unusable(Exception):
    """A model's replies could not be used; `kind` says why."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.kind: Kind = kind


class Asking:
    """Asks one model for one answer."""

    def __init__(self, task: Task, model: Line, prompt: PromptRecord, brand: str) -> None:
        self._task = task
        self._model = model
        self._prompt = prompt
        self._brand = brand
        self._following = Following(task)
        self._messages: list[Message] = []

    def answer(self, guard: Callable[[], AnswerGuard]) -> Generator[Event, None, tuple[Draft, Written, str]]:
        """Streams the events; gives the finished draft, its text, and the writer.

        Raises ModelTrouble, after which what was shown stays, and Unusable, before which it was taken back.
        """
        reply = yield from self._first()
        judged = judge(reply, self._task, self._following, guard())
        if judged.draft is None:
            log.info("A draft of %s cannot be used: %s", reply.writer, "; ".join(judged.problems))
            yield Writing(self._model.name, attempt=2)
            reply = self._again(reply, judged.problems)
            judged = judge(reply, self._task, self._following, guard())
        if judged.draft is None:
            log.warning("The second draft of %s cannot be used: %s", reply.writer, "; ".join(judged.problems))
            self._model.judged(judged.kind)
            yield from self._following.take_back(judged.kind)
            raise Unusable(judged.kind)
        self._model.judged(None)
        for repair in judged.repaired:
            yield Noted(f"repaired: {repair}")
        return judged.draft, judged.written, reply.writer

    def _first(self) -> Generator[Event, None, Reply]:
        """The reply, streamed; with less to read where it was too much."""
        wanted: list[Portion] = list(portions(self._task))
        yield Writing(self._model.name)
        while True:
            portion = wanted.pop(0)
            if portion.told:
                yield Noted(portion.told)
            self._messages = prompting.messages(
                self._prompt.text, self._brand, self._task, portion.passages, portion.history
            )
            try:
                return (yield from self._stream())
            except ModelTrouble as trouble:
                if trouble.kind != "model_too_long" or not wanted:
                    raise

    def _stream(self) -> Generator[Event, None, Reply]:
        """Shows the `answer` of the growing JSON."""
        raw: list[str] = []
        finish, writer = None, self._model.name
        answer = AnswerStream()
        for piece in self._model.stream(
            self._messages, self._task.cancellation, schema=response_format(), spend=self._task.spend
        ):
            if piece.writer and piece.writer != writer:
                writer = piece.writer
                yield Writing(writer)
            raw.append(piece.text)
            finish = piece.finish or finish
            if delta := answer.feed(piece.text):
                yield from self._following.add(writer, delta)
        return Reply("".join(raw), finish, writer)

    def _again(self, reply: Reply, problems: Sequence[str]) -> Reply:
        """Asks for a mended reply. A model that fails now has had its chance."""
        said: list[Message] = [("ai", reply.raw)] if reply.raw.strip() else []
        asked = [*self._messages, *said, ("human", prompting.mend(self._prompt.text, problems))]
        raw: list[str] = []
        finish, writer = None, self._model.name
        try:
            for piece in self._model.stream(
                asked,
                self._task.cancellation,
                schema=response_format(),
                purpose="again",
                spend=self._task.spend,
            ):
                raw.append(piece.text)
                finish, writer = piece.finish or finish, piece.writer or writer
        except ModelTrouble as trouble:
            log.warning("The model %s failed when asked again: %s", self._model.name, trouble.kind)
        return Reply("".join(raw), finish, writer)
