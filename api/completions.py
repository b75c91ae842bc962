"""`POST /v1/chat/completions`: a question in OpenAI's form, answered as on the pages; and `GET /v1/models`."""

import time
from collections.abc import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api import access, bodies
from api.answers import Choice, Completion, FootnoteField, ModelList, Said, footnote, usage
from api.entrance import HouseOf, enabled, words
from api.errors import NO_RETRY, ApiError
from api.following import Watch, leaving
from api.forms import MODEL, Asking, ChatRequest, Message
from api.streaming import Ended, EventStream, completion_id, events
from rag.assistant import Asked, Assistant
from rag.types import Turn
from store.records import AnswerRecord, TraceRecord

FIRST_TEXT_S = 10.0  # so long a stream's status waits for the first words: what fails before has a status of its own


class Completions:
    """Answers chat requests."""

    def __init__(self, house: HouseOf) -> None:
        self._house = house

    async def models(self, request: Request) -> Response:
        """What can be asked for: one name, which stands for the whole house."""
        house = enabled(self._house())
        await access.client(request, house.clients, None)
        return JSONResponse(ModelList().model_dump())

    async def complete(self, request: Request) -> Response:
        """One answer, streamed or whole."""
        house = enabled(self._house())
        client = await access.client(request, house.clients, "ask")
        wanted = await bodies.read(request, ChatRequest, house.settings.api.max_kilobytes)
        if wanted.model != MODEL:
            said = f"There is no model named {wanted.model[:100]} here. Ask for {MODEL}."
            raise ApiError(404, "model_not_found", said, param="model")
        person = client.person(wanted.user or "")
        asked = await run_in_threadpool(_ask, house.assistant, person, wanted)
        watch = Watch(house.assistant, asked, house.settings.api.seconds)
        ending = Ending(house.assistant, person, asked)
        if not wanted.stream:
            return await _whole(request, watch, ending)
        include_usage = bool(wanted.stream_options and wanted.stream_options.include_usage)
        return await _streamed(request, watch, ending, include_usage=include_usage)


class Ending:
    """How an answer ended, as it is stored."""

    def __init__(self, assistant: Assistant, person: str, asked: Asked) -> None:
        self._assistant = assistant
        self._person = person
        self._asked = asked

    async def read(self) -> Ended:
        """Raises ApiError when the answer failed, Unavailable, NotYours when it was deleted meanwhile."""
        answer, trace = await run_in_threadpool(self._stored)

        def field(streamed: str | None) -> FootnoteField:
            return footnote(answer, trace, self._asked.conversation_id, streamed=streamed)

        if answer.state in ("failed", "interrupted", "writing"):
            kind = answer.problem or ("interrupted" if answer.state != "failed" else "bug")
            extra = {"footnote": field(None).model_dump(mode="json")}
            raise ApiError(503, kind, words(kind), headers=NO_RETRY, extra=extra)
        return Ended(answer.text, usage(trace), field)

    def _stored(self) -> tuple[AnswerRecord, TraceRecord | None]:
        self._assistant.compared(self._asked.answer_id)  # it is told with the answer
        _, questions = self._assistant.conversation(self._person, self._asked.conversation_id)
        found = [answer for question in questions for answer in question.answers if answer.id == self._asked.answer_id]
        return found[0], self._assistant.trace(self._person, self._asked.answer_id)


async def _whole(request: Request, watch: Watch, ending: Ending) -> Response:
    try:
        async with leaving(request) as gone:
            await watch.end(gone)
    finally:
        watch.stop()  # whatever went wrong: nobody waits for it any more
    ended = await ending.read()
    completion = Completion(
        id=completion_id(watch.asked.answer_id),
        created=int(time.time()),
        choices=[Choice(message=Said(content=ended.text), finish_reason="stop")],
        usage=ended.usage,
        footnote=ended.footnote(None),
    )
    return JSONResponse(completion.model_dump(mode="json"))


async def _streamed(request: Request, watch: Watch, ending: Ending, *, include_usage: bool) -> Response:
    try:
        async with leaving(request) as gone:
            await watch.first_text(gone, FIRST_TEXT_S)
        if watch.snapshot.done:
            await ending.read()  # a failure is told by the status
    except BaseException:
        watch.stop()
        raise
    return EventStream(events(watch, ending.read, include_usage=include_usage), watch)


def _ask(assistant: Assistant, person: str, wanted: ChatRequest) -> Asked:
    ours = wanted.footnote or Asking()
    talk = turns(wanted.messages[:-1])
    return assistant.ask(person, wanted.messages[-1].text, ours.conversation_id, ours.tags, history=talk)


def turns(messages: Sequence[Message]) -> list[Turn]:
    """The talk so far: each question with the answer that follows it, if one does."""
    found: list[Turn] = []
    for message in messages:
        if message.role == "user":
            found.append(Turn(message.text, ""))
        elif found:
            found[-1] = Turn(found[-1].question, "\n".join(filter(None, (found[-1].answer, message.text))))
    return found
