"""All routes beside the pages."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import health
from api.completions import Completions
from api.entrance import HouseOf, enabled, told
from api.errors import ApiError
from api.feedback import GivingFeedback
from api.health import Readiness
from api.monitoring import Monitoring

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
EVERYTHING_ELSE = "/v1/{rest:path}"


def routes(house: HouseOf, readiness: Readiness) -> list[Route]:
    """The routes of the app; `house` is there once the server has started."""
    completions, feedback = Completions(house), GivingFeedback(house)
    named = [
        Route("/v1/chat/completions", told(completions.complete), methods=["POST"]),
        Route("/v1/models", told(completions.models), methods=["GET"]),
        Route("/v1/feedback", told(feedback.give), methods=["POST"]),
        Route("/metrics", told(Monitoring(house).metrics), methods=["GET"]),
    ]
    known = {route.path: route for route in named}

    async def unknown(request: Request) -> Response:
        """Without it, Streamlit would answer with its page."""
        enabled(house())
        if route := known.get(request.url.path):
            allowed = ", ".join(sorted(route.methods or ()))
            said = f"{request.url.path} takes {allowed}."
            raise ApiError(405, "method_not_allowed", said, headers={"allow": allowed})
        raise ApiError(404, "not_found", f"There is nothing at {request.url.path[:200]}. See /api/docs.")

    rest = Route(EVERYTHING_ELSE, told(unknown), methods=METHODS)
    return [*health.routes(readiness), *named, rest]
