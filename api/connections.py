"""Limits on requests before the app sees them: how large a head may be, and how slowly it may come.

uvicorn's parser sets none: it gathers a head of any size in memory, and a connection that says nothing stays for ever.
"""

import asyncio
import json
import logging
import signal
from http import HTTPStatus
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ApiError

HEAD_BYTES = 65_536  # the request line and all headers; browsers and proxies send a tenth of it at most
HEAD_S = 30.0  # from connecting, or from its first byte, to the end of a head
log = logging.getLogger(__name__)


def too_large() -> ApiError:
    said = f"The headers are larger than the {HEAD_BYTES // 1024} kilobytes that are taken."
    return ApiError(431, "headers_too_large", said, headers={"connection": "close"})


def too_slow() -> ApiError:
    return ApiError(408, "request_timeout", "The request did not arrive in time.", headers={"connection": "close"})


class HeadLimit:
    """Refuses requests with too large a head."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _size(scope) > HEAD_BYTES:
            await too_large().response()(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _size(scope: Scope) -> int:
    line = len(scope.get("raw_path") or b"") + len(scope["query_string"])
    return line + sum(len(name) + len(value) + 4 for name, value in scope["headers"])


def bind(server: Any) -> None:
    """Has a uvicorn server that does not listen yet end connections whose heads are too large or too slow."""
    config: Any = getattr(server, "config", None)
    protocol: Any = getattr(config, "http_protocol_class", None)
    if not hasattr(protocol, "on_headers_complete"):
        log.warning("This server sets its own limits on the size of headers and the time they may take")
    elif not issubclass(protocol, Bounded):
        config.http_protocol_class = type("BoundedProtocol", (Bounded, protocol), {})


def listening_server() -> Any:
    """The uvicorn server that runs this app, known by who hears its signals; None: another one does."""
    return getattr(signal.getsignal(signal.SIGTERM), "__self__", None)


class Bounded(asyncio.Protocol):
    """Stands before uvicorn's protocol over httptools, whose parser calls `on_…`."""

    _transport: Any  # uvloop's is no subclass of asyncio's
    _waiting: asyncio.TimerHandle | None = None  # set while a head is awaited or read
    _head = 0  # bytes of it

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._waiting:
            self._head += len(data)
        super().data_received(data)
        if self._waiting and self._head > HEAD_BYTES:
            self._refuse(too_large())

    def on_message_begin(self) -> None:
        super().on_message_begin()  # type: ignore[misc]
        if not self._waiting:
            self._await_head()

    def on_headers_complete(self) -> None:
        self._end_head()
        super().on_headers_complete()  # type: ignore[misc]

    def _await_head(self) -> None:
        self._head = 0
        self._waiting = asyncio.get_running_loop().call_later(HEAD_S, self._out_of_time)

    def _end_head(self) -> None:
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None

    def _out_of_time(self) -> None:
        if self._head:
            self._refuse(too_slow())
        else:
            self._transport.close()  # nothing was asked

    def _refuse(self, error: ApiError) -> None:
        """Answers without the app, and listens no more."""
        self._end_head()
        if self._transport.is_closing():
            return
        body = json.dumps(error.body).encode()
        lines = (
            f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}",
            "content-type: application/json",
            f"content-length: {len(body)}",
            "connection: close",
        )
        self._transport.write("\r\n".join((*lines, "", "")).encode() + body)
        self._transport.close()
