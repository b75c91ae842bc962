"""The chat completions API with its chunks left as JSON: making objects of each took two fifths of a token's time."""

import json
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, Self

from openai import APIError, AsyncOpenAI, AsyncStream


class PlainCompletions:
    """Stands in for `chat.completions` of openai's client, as far as a streaming ChatOpenAI uses it."""

    def __init__(self, client: AsyncOpenAI) -> None:
        self._client = client

    async def create(self, *, extra_body: dict[str, Any] | None = None, **payload: Any) -> "_Chunks":
        """Sends the request and waits for its headers. Raises what openai raises."""
        body = payload | (extra_body or {})
        stream = await self._client.post(
            "/chat/completions", body=body, cast_to=object, stream=True, stream_cls=AsyncStream[object]
        )
        return _Chunks(stream)


class _Chunks:
    """The chunks of one answer."""

    def __init__(self, stream: AsyncStream[object]) -> None:
        self._stream = stream

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stream.close()

    async def __aiter__(self) -> AsyncIterator[object]:
        if self._stream.response.headers.get("content-type", "").startswith("application/json"):
            whole = json.loads(await self._stream.response.aread())
            if isinstance(whole, dict) and (error := whole.get("error")):  # under status 200, as some gateways do
                said = error.get("message") if isinstance(error, dict) else error
                raise APIError(str(said), self._stream.response.request, body=error)
            yield _as_chunk(whole)
            return
        async for chunk in self._stream:
            if isinstance(chunk, dict):
                for choice in chunk.get("choices") or ():
                    choice.setdefault("delta", None)  # some servers leave it out where there is nothing to say
            yield chunk


def _as_chunk(whole: dict[str, Any]) -> dict[str, Any]:
    """A completion sent whole though a stream was asked for, as some gateways do. Raises ValueError when it is none."""
    if not whole.get("choices"):
        raise ValueError("a JSON response without choices")
    for choice in whole["choices"]:
        choice["delta"] = delta = choice.pop("message")
        for at, call in enumerate(delta.get("tool_calls") or ()):
            call.setdefault("index", at)
    return whole
