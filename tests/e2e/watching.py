"""What pages did behind the reader's back: console errors, alerts of scripts, requests to other hosts."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

OWN_HOST = "127.0.0.1"
# Console errors that are not ours, each with its reason.
NOISE = (
    # On a deep link Streamlit's page looks for its server below the page's path first, then at the root.
    re.compile(r"404 \(Not Found\).*/_stcore/(?:health|host-config)$"),
)
OUTAGE = re.compile(
    r"ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket"
    r"|error in reaching server endpoint|server is not responding|when disconnected from server"
    r"|failed to fetch dynamically imported module",
    re.IGNORECASE,
)


class Watch:
    """Watches all pages of one browser context from their first request on."""

    def __init__(self, context: BrowserContext) -> None:
        self.failed: list[str] = []  # requests; reloads and closed tabs break some off, so they are only told
        self._elsewhere: list[str] = []
        self._errors: list[str] = []
        self._expected: list[re.Pattern[str]] = list(NOISE)
        context.on("request", self._request)
        context.on("requestfailed", lambda request: self.failed.append(f"{request.url} ({request.failure})"))
        context.on("console", self._console)
        context.on("weberror", lambda error: self._errors.append(f"uncaught: {error.error}"))
        context.on("page", self._page)

    def expect_outage(self) -> None:
        """The server goes away in this test: that the browser says so is no error."""
        self._expected.append(OUTAGE)

    def problems(self) -> list[str]:
        """What must not happen and did."""
        errors = (error for error in self._errors if not any(known.search(error) for known in self._expected))
        return [*(f"asked another host: {url}" for url in self._elsewhere), *(f"console: {error}" for error in errors)]

    def _page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._note_host(socket.url))
        page.on("dialog", lambda dialog: (self._errors.append(f"alert: {dialog.message}"), dialog.dismiss()))

    def _request(self, request: Request) -> None:
        self._note_host(request.url)

    def _note_host(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme not in ("data", "blob", "about") and address.hostname != OWN_HOST:
            self._elsewhere.append(url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._errors.append(f"{message.text} {message.location['url']}")
