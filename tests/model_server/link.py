"""One connection: requests in, exact bytes out, and the moment the client leaves."""

import asyncio
import json
import socket
import struct
import threading
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from http.client import responses
from typing import Any

from .behaviours import EVENT_STREAM


@dataclass
class ReceivedRequest:
    """A request as received. Header names are lower case; `body` is the parsed JSON, None if it is none."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any
    closed_by_client: bool = False
    _over: threading.Event = field(default_factory=threading.Event, repr=False)

    def end(self, *, closed_by_client: bool) -> None:
        self.closed_by_client = closed_by_client
        self._over.set()

    def wait_closed(self, timeout: float = 5) -> bool:
        """Wait until the response is over; True when the client closed it before its end."""
        self._over.wait(timeout)
        return self.closed_by_client


class Link:
    """Reads requests from one connection and writes responses to it, chunked, with keep-alive.

    One byte is always being read ahead: an end of file there says that the client has left, even in a silence.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._ahead = asyncio.ensure_future(reader.read(1))
        self._status_sent = False

    @property
    def closed(self) -> bool:
        return self._writer.is_closing()

    async def read_request(self) -> ReceivedRequest | None:
        """The next request, or None when the client has left."""
        first = await self._ahead
        if not first:
            return None
        head = (first + await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        request_line, *lines = head.strip().split("\r\n")
        method, target, _ = request_line.split(" ", 2)
        pairs = (line.partition(":") for line in lines)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        body = await self._reader.readexactly(int(headers.get("content-length", 0)))
        self._ahead = asyncio.ensure_future(self._reader.read(1))
        return ReceivedRequest(method, target.partition("?")[0], headers, parse_json(body))

    async def perform(self, response: Coroutine[Any, Any, None]) -> bool:
        """Run the response until it ends or the client leaves; True when the client left first."""
        task = asyncio.ensure_future(response)
        try:
            await asyncio.wait({task, self._ahead}, return_when=asyncio.FIRST_COMPLETED)
            left = not task.done() and (self._ahead.exception() is not None or not self._ahead.result())
            if not left:
                await task
        except ConnectionError:
            left = True
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        return left

    def begin_stream(self, content_type: str = EVENT_STREAM) -> None:
        """Write the head of an event stream; its body follows in HTTP chunks, by `send` and `finish`."""
        self._begin(200, {"content-type": content_type, "transfer-encoding": "chunked"})

    def begin_half(self) -> None:
        """Write only the status line; what begins the response adds the rest."""
        self._writer.write(status_line(200).encode())
        self._status_sent = True

    def send(self, data: bytes) -> None:
        """Write one HTTP chunk."""
        self._writer.write(b"%x\r\n%b\r\n" % (len(data), data))

    def finish(self, data: bytes = b"") -> None:
        """Write the last HTTP chunk and the end of the body at once."""
        self._writer.write(b"%x\r\n%b\r\n0\r\n\r\n" % (len(data), data) if data else b"0\r\n\r\n")

    def send_half(self, data: bytes) -> None:
        """Announce one HTTP chunk and write half of it."""
        self._writer.write(b"%x\r\n%b" % (len(data), data[: len(data) // 2]))

    def send_json(self, status: int, value: Any, *, part: float = 1, headers: Mapping[str, str] | None = None) -> None:
        """Write a whole JSON response, or its head and the given part of its body."""
        body = json.dumps(value, ensure_ascii=False).encode()
        own = {"content-type": "application/json", "content-length": str(len(body))}
        self._begin(status, own | dict(headers or {}))
        self._writer.write(body[: int(len(body) * part)])

    def _begin(self, status: int, headers: Mapping[str, str]) -> None:
        first = "" if self._status_sent else status_line(status)
        self._status_sent = False
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._writer.write(f"{first}{lines}\r\n".encode("latin-1"))

    async def drain(self) -> None:
        await self._writer.drain()

    def close(self) -> None:
        """Close after what was written."""
        self._writer.close()

    def reset(self) -> None:
        """Close at once, with a TCP reset."""
        if not self.closed:
            connection = self._writer.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    async def release(self, *, flush: bool) -> None:
        """Give the connection up, with what is written and not yet sent or without it."""
        self._ahead.cancel()
        if flush:
            self._writer.close()
        else:
            self._writer.transport.abort()
        await asyncio.gather(self._ahead, return_exceptions=True)


def status_line(status: int) -> str:
    return f"HTTP/1.1 {status} {responses.get(status, 'Unknown')}\r\n"


def parse_json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
