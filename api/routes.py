"""All routes beside the pages."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api import health
from api.completions import Completions
from api.docs import Describing
from api.entrance import HouseOf, enabled, told
from api.errors import ApiError
from api.feedback import GivingFeedback
from api.health import Readiness
from api.monitoring import Monitoring
from api.signals import Hearing

EVERYTHING_ELSE = ("/v1/{rest:path}", "/api/{rest:path}", "/metrics")


def routes(house: HouseOf, readiness: Readiness) -> list[Route]:
    """The routes of the app; `house` is there once the server has started."""
    completions, feedback, describing = Completions(house), GivingFeedback(house), Describing(house)
    named = [
        *health.routes(readiness),
        Route("/v1/chat/completions", told(completions.complete), methods=["POST"]),
        Route("/v1/models", told(completions.models), methods=["GET"]),
        Route("/v1/feedback", told(feedback.give), methods=["POST"]),
        Route("/api/signals", told(Hearing(house).hear), methods=["POST"]),
        Route("/metrics", told(Monitoring(house).metrics), methods=["GET"]),
        Route("/api/openapi.json", told(describing.document), methods=["GET"]),
        Route("/api/docs", told(describing.page), methods=["GET"]),
    ]
    rest = Rest(house, named)
    return [*named, *(Route(path, rest) for path in EVERYTHING_ELSE)]


class Rest:
    """What no route takes, by any method. Without it, Streamlit would answer with its page."""

    def __init__(self, house: HouseOf, named: Sequence[Route]) -> None:
        self._house = house
        self._known = {route.path: ", ".join(sorted(route.methods or ())) for route in named}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await told(self._answer)(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = request.url.path
        if path.startswith("/v1/"):
            enabled(self._house())
        allowed = self._known.get(path)
        if allowed is None:
            raise ApiError(404, "not_found", f"There is nothing at {path[:200]}. See /api/docs.")
        if request.method == "OPTIONS":  # without CORS headers: other sites' pages have no business here
            return Response(status_code=204, headers={"allow": f"{allowed}, OPTIONS"})
        raise ApiError(405, "method_not_allowed", f"{path} takes {allowed}.", headers={"allow": allowed})
