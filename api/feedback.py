"""`POST /v1/feedback`: what the people of a program say about its answers."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api import access, bodies
from api.answers import FeedbackGiven
from api.entrance import HouseOf, enabled
from api.errors import ApiError
from api.forms import FeedbackRequest
from rag.assistant import Assistant


class GivingFeedback:
    """Takes ratings, comments and corrections, of one's own answers."""

    def __init__(self, house: HouseOf) -> None:
        self._house = house

    async def give(self, request: Request) -> Response:
        house = enabled(self._house())
        client = await access.client(request, house.clients, "feedback")
        said = await bodies.read(request, FeedbackRequest, house.settings.api.max_kilobytes)
        if said.answer_id is None and said.trace_id is None:
            raise ApiError(400, "missing_value", "Name the answer by answer_id or trace_id.", param="answer_id")
        if said.rating is None and said.correction is None:
            raise ApiError(400, "missing_value", "Give a rating or a correction.", param="rating")
        kinds = house.settings.feedback
        if (said.rating is not None and not kinds.votes) or (said.correction is not None and not kinds.corrections):
            off = "Corrections" if kinds.votes or said.rating is None else "Ratings"
            raise ApiError(403, "feedback_off", f"{off} are switched off here.")
        given = await run_in_threadpool(_give, house.assistant, client.person(said.user or ""), said)
        return JSONResponse(given.model_dump())


def _give(assistant: Assistant, person: str, said: FeedbackRequest) -> FeedbackGiven:
    feedback = assistant.feedback
    answer_id = said.answer_id or feedback.answer_of(person, said.trace_id or "")
    if said.rating is not None:
        feedback.rate(person, answer_id, said.rating, reasons=said.reasons, comment=said.comment)
    if said.correction is not None:
        feedback.correct(person, answer_id, said.correction)
    now = feedback.of(person, answer_id)
    return FeedbackGiven(
        answer_id=answer_id,
        rating=now.rating,
        reasons=list(now.reasons),
        comment=now.comment,
        correction=now.correction,
    )
