"""One model's turn: asked with what it can take in, streamed, judged, and asked once more if need be."""

import logging
from collections.abc import Callable, Generator, Sequence

from guards.answer import AnswerGuard
from guards.schema import Draft, response_format
from guards.stream import AnswerStream
from guards.thoughts import spoken
from rag import prompting
from rag.events import Event, Noted, Writing
from rag.models.chat import Message, Piece
from rag.models.line import Line
from rag.models.trouble import ModelTrouble
from rag.problems import Kind
from rag.task import Task, Written
from rag.tracing import kept_from
from rag.writing.following import Following
from rag.writing.judging import Judged, Reply, judge
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
        if judged.problems and not judged.refused:
            log.info("A draft of %s is asked for again: %s", reply.writer, "; ".join(judged.problems))
            yield Writing(self._model.name, attempt=2)
            judged, reply = self._mended(reply, judged, guard())
        if judged.draft is None:
            yield from self._following.take_back(judged.kind)
            raise Unusable(judged.kind)
        self._model.judged(None)
        self._task.trouble = self._task.trouble or judged.lesser
        for repair in judged.repaired:
            yield Noted(f"repaired: {repair}")
        return judged.draft, judged.written, reply.writer

    def _mended(self, reply: Reply, judged: Judged, guard: AnswerGuard) -> tuple[Judged, Reply]:
        """What the model makes of it when asked once more. Twice of no use is a failure of the model."""
        again, trouble = self._again(reply, judged.problems)
        second = judge(again, self._task, self._following, guard)
        if judged.draft and (second.draft is None or len(second.problems) >= len(judged.problems)):
            return judged, reply  # what could be mended was not much, and is not mended
        if second.draft is None:
            log.warning("The second draft of %s cannot be used: %s", again.writer, "; ".join(second.problems))
            if trouble and trouble.kind != "model_filtered":  # it had its chance; that it failed was noted by itself
                return judged, reply
            self._model.judged(second.kind)
        return second, again

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
        heard = _Heard(self._model.name)
        answer = AnswerStream()
        for piece in self._model.stream(
            self._messages, self._task.cancellation, schema=response_format(), spend=self._task.spend
        ):
            if heard.take(piece):
                yield Writing(heard.writer)
            if piece.masked:
                yield Noted(kept_from(heard.writer, piece.masked))
            if delta := answer.feed(piece.text):
                yield from self._following.add(heard.writer, delta)
        return heard.reply

    def _again(self, reply: Reply, problems: Sequence[str]) -> tuple[Reply, ModelTrouble | None]:
        """Asks for a mended reply; gives what came of it."""
        before = spoken(reply.raw).strip()  # reasoning is of no use to a model that thinks anew
        said: list[Message] = [("ai", before)] if before else []
        asked = [*self._messages, *said, ("human", prompting.mend(self._prompt.text, problems))]
        heard = _Heard(self._model.name)
        try:
            for piece in self._model.stream(
                asked,
                self._task.cancellation,
                schema=response_format(),
                purpose="again",
                spend=self._task.spend,
            ):
                heard.take(piece)
        except ModelTrouble as trouble:
            log.warning("The model %s failed when asked again: %s", self._model.name, trouble.kind)
            return heard.reply, trouble
        return heard.reply, None


class _Heard:
    """What a model has said so far."""

    def __init__(self, writer: str) -> None:
        self.writer = writer
        self.finish: str | None = None
        self._said: list[str] = []
        self._called: list[str] = []

    def take(self, piece: Piece) -> bool:
        """Notes a piece; says whether another model speaks than before."""
        self._said.append(piece.text)
        self._called.append(piece.call)
        if self.finish != "content_filter":  # a refusal ends like any other reply
            self.finish = piece.finish or self.finish
        before, self.writer = self.writer, piece.writer or self.writer
        return self.writer != before

    @property
    def reply(self) -> Reply:
        """All of it: the text, or else the arguments of tools that were called."""
        said, called = "".join(self._said), "".join(self._called)
        if said.strip() or not called:
            return Reply(said, self.finish, self.writer)
        return Reply(called, self.finish, self.writer, called=True)
