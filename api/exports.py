"""`GET /exports/{ticket}`: a file that a page offers, made while it is sent, so that its size costs no memory."""

from collections.abc import Generator
from itertools import chain

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.entrance import HouseOf, told
from api.visitor import NAME
from rag.assistant import person_id

GONE = "This file is not offered any more. Open the page Review again, under Exports, and download it from there."


def routes(house: HouseOf) -> list[Route]:
    """For people, behind a page: no part of the API for programs."""
    return [Route("/exports/{ticket}", told(Downloading(house).send), methods=["GET"])]


class Downloading:
    """Sends what a ticket is for, to whom it was offered."""

    def __init__(self, house: HouseOf) -> None:
        self._house = house

    async def send(self, request: Request) -> Response:
        cookie = request.cookies.get(NAME)
        person = person_id(cookie) if cookie else None
        download = self._house().desk.exports.fetch(request.path_params["ticket"], person)
        if download is None:
            return PlainTextResponse(GONE, 404)
        first = await run_in_threadpool(next, download.pieces, b"")  # trouble before it is told with its status
        return Sending(first, download.pieces, download.name, download.media)


class Sending(StreamingResponse):
    """A file on its way. Where it cannot go on, the connection is cut, so that nobody takes a part for the whole."""

    def __init__(self, first: bytes, pieces: Generator[bytes, None, object], name: str, media: str) -> None:
        headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
        super().__init__(iterate_in_threadpool(chain([first], pieces)), headers=headers, media_type=media)
        self._close = pieces.close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._close()  # also when nobody listens any more: what waits on disk goes now
