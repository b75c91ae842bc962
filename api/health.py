"""For whoever watches the server: `/api/health` (it is alive) and `/api/ready` (it can answer; what warms up)."""

from collections.abc import Callable
from typing import Any, Literal

from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from api.forms import Form, Sparse

Readiness = Callable[[], dict[str, Any]]
PartState = Literal["warming", "ready", "failed", "elsewhere"]


class Alive(Form):
    status: Literal["alive"] = "alive"


class Ready(Sparse):
    """Whether questions are answered, and the state of each part. A part that is not wanted is missing."""

    ready: bool
    database: Literal["ready", "unavailable"]
    closing: Literal[True] = Field(default=True, description="The app ends and takes no questions any more.")
    models: PartState = Field(default="ready", description="The language models.")
    guard: PartState = Field(default="ready", description="What checks answers.")
    meaning: PartState = Field(default="ready", description="The search by meaning; without it words alone answer.")


def routes(readiness: Readiness) -> list[Route]:
    """The two routes; `readiness` says with `ready` whether questions are answered, and what is still warming up."""

    async def health(_: Request) -> JSONResponse:
        return JSONResponse(Alive().model_dump())

    async def ready(_: Request) -> JSONResponse:
        """200 as soon as questions are answered, by words alone if need be; 503 while they are not."""
        state = await run_in_threadpool(readiness)
        return JSONResponse(state, status_code=200 if state["ready"] else 503)

    return [Route("/api/health", health), Route("/api/ready", ready)]
