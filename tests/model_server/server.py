"""The server: a thread with an event loop, its routes, and the behaviours that wait to be played."""

import asyncio
import json
import logging
import socket
import threading
from collections import deque
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError

from . import frames
from .answers import read_call
from .behaviours import GOOD, Behaviour
from .control import Command, state
from .link import Link, ReceivedRequest
from .passages import ParsePassages, find_passages
from .performance import play

BACKLOG = 512
REQUESTS_KEPT = 10_000

log = logging.getLogger(__name__)


class ModelServer:
    """A context manager; use a new one for each start. `default` may be set at any time, from any thread.

    Behaviours apply to `POST /v1/chat/completions` alone. An error in the server itself, for example in the
    given `parse_passages`, closes the connection and is raised when the context ends.
    """

    def __init__(
        self,
        default: Behaviour = GOOD,
        *,
        parse_passages: ParsePassages = find_passages,
        host: str = "127.0.0.1",
        port: int = 0,
        model: str = "test-model",
    ) -> None:
        self.default = default
        self.model = model
        self._parse_passages = parse_passages
        self._address = (host, port)
        self._lock = threading.Lock()
        self._queue: deque[Behaviour] = deque()
        self._requests: deque[ReceivedRequest] = deque(maxlen=REQUESTS_KEPT)
        self._links: dict[asyncio.Task[None], Link] = {}
        self._errors: list[BaseException] = []

    def __enter__(self) -> Self:
        self._socket = socket.create_server(self._address, backlog=BACKLOG)
        self._address = self._socket.getsockname()[:2]
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="model-server", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        if self._errors and error is None:
            raise self._errors[0]

    @property
    def url(self) -> str:
        """The base URL to give to a client."""
        host, port = self._address
        return f"http://{host}:{port}/v1"

    @property
    def control_url(self) -> str:
        return self.url.removesuffix("/v1") + "/control"

    @property
    def requests(self) -> list[ReceivedRequest]:
        """What was received so far, oldest first, without `/control`."""
        with self._lock:
            return list(self._requests)

    def enqueue(self, *behaviours: Behaviour) -> None:
        """Play these, one a chat request, before the default."""
        with self._lock:
            self._queue.extend(behaviours)

    def _next_behaviour(self) -> Behaviour:
        with self._lock:
            return self._queue.popleft() if self._queue else self.default

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._accept, sock=self._socket, backlog=BACKLOG)
        await self._stop.wait()
        server.close()
        links = dict(self._links)
        for task in links:
            task.cancel()
        await asyncio.gather(*links, return_exceptions=True)
        for link in links.values():  # a conversation cancelled before its first step released nothing
            await link.release(flush=False)
        await server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._stop.is_set():
            return writer.transport.abort()
        link = Link(reader, writer)
        task = self._loop.create_task(self._converse(link))
        self._links[task] = link
        return task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[None]) -> None:
        del self._links[task]
        if not task.cancelled() and (error := task.exception()):
            log.error("The test model server failed.", exc_info=error)
            self._errors.append(error)

    async def _converse(self, link: Link) -> None:
        """Answer the requests of one connection, one after the other."""
        flush = False
        try:
            while not link.closed and (request := await link.read_request()):
                await self._answer(request, link)
                if request.closed_by_client:
                    return
                if request.headers.get("connection", "").lower() == "close":
                    break
            flush = True
        except (ConnectionError, asyncio.IncompleteReadError):
            log.debug("A client left in the middle of a request.")
        finally:
            await link.release(flush=flush)

    async def _answer(self, request: ReceivedRequest, link: Link) -> None:
        if request.path == "/control":
            return self._control(request, link)
        with self._lock:
            self._requests.append(request)
        left = False
        try:
            left = await link.perform(self._respond(request, link))
        finally:
            request.end(closed_by_client=left)
        return None

    async def _respond(self, request: ReceivedRequest, link: Link) -> None:
        match request.method, request.path:
            case "POST", "/v1/chat/completions":
                if call := read_call(request.body, self._parse_passages):
                    return await play(self._next_behaviour(), call, link)
                return link.send_json(400, frames.error(400, "The body must be JSON with messages."))
            case "POST", "/v1/moderations":
                return link.send_json(200, frames.moderation(str((request.body or {}).get("input", ""))))
            case "GET", "/v1/models":
                return link.send_json(200, frames.model_list(self.model))
            case method, path:
                return link.send_json(404, frames.error(404, f"Unknown request URL: {method} {path}."))

    def _control(self, request: ReceivedRequest, link: Link) -> None:
        if request.method == "POST":
            try:
                command = Command.model_validate_json(json.dumps(request.body))
            except ValidationError as error:
                return link.send_json(400, frames.error(400, str(error)))
            self.default = command.default or self.default
            self.enqueue(*command.enqueue)
        answer: dict[str, Any] = state(len(self._queue), self.requests)
        return link.send_json(200, answer)
