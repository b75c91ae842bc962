"""For whoever watches the server: `/api/health` (it is alive) and `/api/ready` (it can answer; what warms up)."""

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

Readiness = Callable[[], dict[str, Any]]


def routes(readiness: Readiness) -> list[Route]:
    """The two routes; `readiness` says with `ready` whether questions are answered, and what is still warming up."""

    async def health(_: Request) -> JSONResponse:
        return JSONResponse({"status": "alive"})

    async def ready(_: Request) -> JSONResponse:
        """200 as soon as questions are answered, by words alone if need be; 503 while they are not."""
        state = await run_in_threadpool(readiness)
        return JSONResponse(state, status_code=200 if state["ready"] else 503)

    return [Route("/api/health", health), Route("/api/ready", ready)]
