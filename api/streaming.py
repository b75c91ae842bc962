"""An answer as server-sent events in OpenAI's form.

Only what is new is sent, tick by tick. A stream cannot take words back: when the text was revised, nothing more of it
is sent, and the last chunk's `footnote` holds the text as it is kept and says `revised`.
"""

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.answers import FinishReason, FootnoteField, Usage
from api.errors import ApiError
from api.following import OutOfTime, Watch
from api.forms import MODEL

ALIVE_S = 15.0  # at most this long without a byte, so that no proxy gives up
ALIVE = ": still at it\n\n"
HEADERS = {"cache-control": "no-cache, no-store", "x-accel-buffering": "no"}


@dataclass(frozen=True)
class Ended:
    """How an answer ended, as the last chunk tells it."""

    text: str
    usage: Usage
    footnote: Callable[[str | None], FootnoteField]  # given what was streamed, if it was


class EventStream(StreamingResponse):
    """Stops the answer when the client leaves, wherever the stream stands."""

    def __init__(self, events: AsyncIterator[str], watch: Watch) -> None:
        super().__init__(events, media_type="text/event-stream", headers=HEADERS)
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._watch.stop()


async def events(watch: Watch, ended: Callable[[], Awaitable[Ended]], *, include_usage: bool) -> AsyncIterator[str]:
    """The events of one answer; `ended` reads how it ended, or raises the ApiError to tell."""
    head = _head(watch.asked.answer_id, include_usage=include_usage)
    yield _event(_chunk(head, {"role": "assistant", "content": ""}))
    sent, finish, last_byte = "", "stop", time.monotonic()
    try:
        async for snapshot in watch.snapshots():
            if more := _more(snapshot.text, sent):
                sent += more
                yield _event(_chunk(head, {"content": more}))
            elif time.monotonic() - last_byte < ALIVE_S:
                continue
            else:
                yield ALIVE
            last_byte = time.monotonic()
    except OutOfTime:
        finish = "length"
    try:
        end = await ended()
    except ApiError as error:
        yield _event(error.body)
        return
    if more := _more(end.text, sent):
        sent += more
        yield _event(_chunk(head, {"content": more}))
    yield _event(_chunk(head, {}, finish) | {"footnote": end.footnote(sent).model_dump(mode="json")})
    if include_usage:
        yield _event(head | {"choices": [], "usage": end.usage.model_dump()})
    yield "data: [DONE]\n\n"


def _more(text: str, sent: str) -> str:
    return text[len(sent) :] if text.startswith(sent) else ""


def _head(answer_id: int, *, include_usage: bool) -> dict[str, Any]:
    head = {
        "id": completion_id(answer_id),
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": MODEL,
    }
    return head | ({"usage": None} if include_usage else {})


def _chunk(head: dict[str, Any], delta: dict[str, str], finish: FinishReason | str | None = None) -> dict[str, Any]:
    return head | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def completion_id(answer_id: int) -> str:
    return f"chatcmpl-{answer_id}"


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"
