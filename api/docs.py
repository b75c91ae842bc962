"""`GET /api/openapi.json` and `GET /api/docs`: what the API can do, for programs and for people.

Both hold no secrets, and yet the rule of the API stands before them: one rule for everything is easy to keep in mind,
and nobody from elsewhere learns what runs here.
"""

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from api import access, openapi, page
from api.entrance import HouseOf, enabled
from api.visitor import is_https
from rag.house import House


class Describing:
    """Tells clients what they can ask for."""

    def __init__(self, house: HouseOf) -> None:
        self._house = house

    async def document(self, request: Request) -> Response:
        return JSONResponse(_document(await self._entered(request)))

    async def page(self, request: Request) -> Response:
        document = _document(await self._entered(request))
        address = f"http{'s' if is_https(request.scope) else ''}://{request.url.netloc}"
        headers = {"content-security-policy": page.policy(), "cache-control": "no-cache"}
        return HTMLResponse(page.page(document, address), headers=headers)

    async def _entered(self, request: Request) -> House:
        house = enabled(self._house())
        await access.client(request, house.clients, None)
        return house


def _document(house: House) -> openapi.JsonObject:
    api, limits = house.settings.api, house.settings.limits
    often = (limits.questions_per_minute, limits.questions_per_hour)
    return openapi.document(house.settings.brand.name, openapi.Limits(api.max_kilobytes, api.seconds, *often))
