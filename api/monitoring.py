"""`GET /metrics`, for Prometheus, and the counting of HTTP requests."""

from collections.abc import Collection

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import access
from api.entrance import HouseOf
from rag.metrics import FORM

OTHER = "other"  # the pages, and names that somebody made up
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Monitoring:
    """Shows the counters to who may see them."""

    def __init__(self, house: HouseOf) -> None:
        self._house = house

    async def metrics(self, request: Request) -> Response:
        house = self._house()
        await access.client(request, house.clients, "metrics")
        return Response(await run_in_threadpool(house.metrics.exposition), headers={"content-type": FORM})


class CountedRequests:
    """Counts every HTTP request by its route and how it ended."""

    def __init__(self, app: ASGIApp, house: HouseOf, known: Collection[str]) -> None:
        self._app = app
        self._house = house
        self._known = frozenset(known)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500  # unless the app says otherwise before it breaks off

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            route = scope["path"] if scope["path"] in self._known else OTHER
            method = scope["method"] if scope["method"] in METHODS else "other"
            self._house().metrics.request(route, method, status)
