"""`POST /api/signals`: what the app's own pages say their readers did with an answer.

Only what a browser alone knows: that words were copied, and that the page was left at once. Whose answer it is, and
whether its reader lets anything be noted, is looked at when it is stored; whoever sends it does not learn that.
"""

from typing import Literal

from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api import bodies
from api.access import from_its_own_page
from api.entrance import HouseOf
from api.errors import ApiError
from api.forms import Form
from api.visitor import NAME
from rag.assistant import person_id

MAX_KILOBYTES = 1


class SignalRequest(Form):
    """What a reader did with an answer."""

    answer_id: int = Field(ge=1, le=2**63 - 1, description="The answer.")
    kind: Literal["copied", "left"] = Field(description="Words of it were copied; or the page was left at once.")
    undone: bool = Field(default=False, description="It was not so after all, such as when the page was reloaded.")


class SignalTaken(Form):
    object: Literal["signal"] = "signal"
    taken: bool = Field(description="Whether it is looked at; not when there were too many in a short time.")


class Hearing:
    """Takes what browsers say."""

    def __init__(self, house: HouseOf) -> None:
        self._house = house

    async def hear(self, request: Request) -> Response:
        cookie = request.cookies.get(NAME)
        if not cookie or not from_its_own_page(request, named=True):
            raise ApiError(403, "foreign_page", "Only the pages of this app may say this, of their own reader.")
        said = await bodies.read(request, SignalRequest, MAX_KILOBYTES)
        signals, person = self._house().signals, person_id(cookie)
        taken = await run_in_threadpool(signals.heard, person, said.answer_id, said.kind, undone=said.undone)
        return JSONResponse(SignalTaken(taken=taken).model_dump())
