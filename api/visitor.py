"""The visitor's cookie: who owns which conversations, without a sign-in."""

import secrets

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAME = "footnote_visitor"
YEAR_S = 365 * 24 * 3600


class VisitorCookie:
    """Gives every browser a random secret when it opens a page. Scripts cannot read it (HttpOnly)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _opens_a_page(scope) or HTTPConnection(scope).cookies.get(NAME):
            await self._app(scope, receive, send)
            return

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("set-cookie", _cookie(secure=is_https(scope)))
                    headers["cache-control"] = "no-store"  # a shared cache must not hand out one visitor's cookie
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _opens_a_page(scope: Scope) -> bool:
    """Whether somebody may be visiting; what describes the API knows no visitors."""
    return scope["type"] == "http" and scope["method"] == "GET" and not scope["path"].startswith("/api/")


def _cookie(*, secure: bool) -> str:
    attributes = f"{NAME}={secrets.token_urlsafe(24)}; Path=/; Max-Age={YEAR_S}; HttpOnly; SameSite=Lax"
    return attributes + ("; Secure" if secure else "")


def is_https(scope: Scope) -> bool:
    """Whether the visitor's side of the connection is encrypted, as far as a proxy tells."""
    forwarded = HTTPConnection(scope).headers.get("x-forwarded-proto", "")
    return "https" in (scope.get("scheme"), forwarded.split(",")[0].strip())
