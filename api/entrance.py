"""What all routes for programs share: the house, and every trouble told in OpenAI's form."""

import logging
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from api.errors import NO_RETRY, ApiError, retry_after
from api.following import ClientGone, OutOfTime
from rag.assistant import NotYours, QueueFull, ShuttingDown, TooManyQuestions, Unavailable, kind_of
from rag.house import House
from rag.problems import problem

HouseOf = Callable[[], House]
Endpoint = Callable[[Request], Awaitable[Response]]
CLIENT_LEFT = 499  # nobody reads it, but it is counted
COME_BACK_S = 5.0
log = logging.getLogger(__name__)


def enabled(house: House) -> House:
    """The house, if it has an API for programs. Raises ApiError."""
    if not house.settings.api.enabled:
        raise ApiError(404, "not_found", "The API for programs is switched off here.")
    return house


def told(endpoint: Endpoint) -> Endpoint:
    """The endpoint, with what goes wrong in it as answers."""

    async def telling(request: Request) -> Response:
        try:
            return await endpoint(request)
        except ApiError as error:
            return error.response()
        except (ClientGone, ClientDisconnect):
            return Response(status_code=CLIENT_LEFT)
        except Exception as error:
            known = _known(error)
            if known is None:
                log.exception("A bug broke off a request to %s", request.url.path)
                known = ApiError(500, "bug", words("bug"), headers=NO_RETRY)
            return known.response()

    return telling


def words(kind: str) -> str:
    """What a program's people are told; there is no box in which their question still stands."""
    known = problem(kind)
    return f"{known.happened} {known.todo}"


def _known(error: Exception) -> ApiError | None:
    match error:
        case NotYours():
            return ApiError(404, "not_found", "There is no such conversation or answer of yours.")
        case OutOfTime():
            return ApiError(504, "out_of_time", "The answer took too long and was stopped.", headers=NO_RETRY)
        case TooManyQuestions():
            again = retry_after(error.retry_after_s)
            return ApiError(429, "too_many_questions", words("too_many_questions"), headers=again)
        case QueueFull():
            return ApiError(503, "queue_full", words("queue_full"), headers=retry_after(COME_BACK_S))
        case ShuttingDown():
            return ApiError(503, "shutting_down", words("shutting_down"), headers=retry_after(COME_BACK_S))
        case Unavailable():
            log.warning("The database does not answer a program's request", exc_info=error)
            return ApiError(503, kind_of(error), words(kind_of(error)), headers=retry_after(COME_BACK_S))
    return None
