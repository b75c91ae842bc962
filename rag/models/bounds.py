"""Bounds on what a model's server may send: the client would keep a line of any length in memory.

The only place, beside rag/models/trouble.py, that knows the client's HTTP library.
"""

from collections.abc import AsyncIterator

import httpx

LONGEST_LINE = 1_000_000  # bytes
LEAST = 1_000_000
BYTES_A_TOKEN = 4_000  # a chunk of one token takes some hundred


class TooLarge(Exception):
    """A server sent more than any answer can be."""


class Bounded(httpx.AsyncByteStream):
    """A response's bytes, up to a size in all and in one line. Raises TooLarge."""

    def __init__(self, stream: httpx.AsyncByteStream, most: int) -> None:
        self._stream = stream
        self._most = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        line = total = 0
        async for data in self._stream:
            total += len(data)
            end = data.rfind(b"\n")
            line = line + len(data) if end < 0 else len(data) - end - 1
            if total > self._most or max(line, end) > LONGEST_LINE:
                raise TooLarge
            yield data

    async def aclose(self) -> None:
        await self._stream.aclose()


class Bounding:
    """Puts bounds on every response of a client, as its event hook."""

    def __init__(self, max_tokens: int) -> None:
        self._most = LEAST + BYTES_A_TOKEN * max_tokens

    async def __call__(self, response: httpx.Response) -> None:
        if isinstance(response.stream, httpx.AsyncByteStream):
            response.stream = Bounded(response.stream, self._most)
