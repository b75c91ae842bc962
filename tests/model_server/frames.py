"""The JSON of the chat completions API: stream chunks, whole completions, errors, the list of models."""

import json
import time
from typing import Any

DONE = b"data: [DONE]\n\n"
ERROR_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}

encode = json.JSONEncoder(ensure_ascii=False).encode


class Frames:
    """The stream chunks of one reply. What all chunks share is encoded once, because benchmarks send many."""

    def __init__(self, reply_id: str, model: str) -> None:
        shared = {"id": reply_id, "object": "chat.completion.chunk", "created": int(time.time()), "model": model}
        self._head = f"data: {encode(shared)[:-1]}, ".encode()
        self._delta = self._head + b'"choices": [{"index": 0, "delta": '
        self._text = self._delta + b'{"content": '

    def text(self, piece: str) -> bytes:
        return b'%b%b}, "finish_reason": null}]}\n\n' % (self._text, encode(piece).encode())

    def delta(self, delta: dict[str, Any], finish_reason: str | None = None) -> bytes:
        finish = encode(finish_reason).encode()
        return b'%b%b, "finish_reason": %b}]}\n\n' % (self._delta, encode(delta).encode(), finish)

    def usage(self, usage: dict[str, int]) -> bytes:
        return b'%b"choices": [], "usage": %b}\n\n' % (self._head, encode(usage).encode())


def tool_message(name: str, arguments: str) -> dict[str, Any]:
    """The message, or the delta of a stream, that calls one tool."""
    function = {"name": name, "arguments": arguments}
    call = {"index": 0, "id": "call_1", "type": "function", "function": function}
    return {"role": "assistant", "content": None, "tool_calls": [call]}


def completion(
    reply_id: str, model: str, message: dict[str, Any], *, finish_reason: str, usage: dict[str, int] | None
) -> dict[str, Any]:
    """A whole reply, for requests without `stream`."""
    return {
        "id": reply_id,
        "object": "chat.completion",
        "created": int(time.time()),
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}],
        "usage": usage,
    }


def error(status: int, message: str, code: str | None = None) -> dict[str, Any]:
    """An error in OpenAI's form."""
    kind = ERROR_TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def model_list(model: str) -> dict[str, Any]:
    entry = {"id": model, "object": "model", "created": 0, "owned_by": "tests"}
    return {"object": "list", "data": [entry]}


def moderation(text: str) -> dict[str, Any]:
    """What the moderations API says of a text: there is hate in it where it says "vermin"."""
    hateful = "vermin" in text.casefold()
    result = {
        "flagged": hateful,
        "categories": {"hate": hateful, "violence": False},
        "category_scores": {"hate": 0.4 if hateful else 0.01, "violence": 0.02},
    }
    return {"id": "modr-1", "model": "omni-moderation-latest", "results": [result]}
