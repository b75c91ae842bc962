"""The headers that keep a page to itself."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from api.headers import HEADERS, SecurityHeaders


async def own(_: object) -> PlainTextResponse:
    return PlainTextResponse("hello", headers={"referrer-policy": "same-origin"})


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(await socket.receive_text())
    await socket.close()


@pytest.fixture
def client() -> TestClient:
    return TestClient(SecurityHeaders(Starlette(routes=[Route("/", own), WebSocketRoute("/echo", echo)])))


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_every_response_carries_them(client: TestClient, path: str) -> None:
    assert set(HEADERS) <= set(client.get(path).headers)


def test_a_response_may_say_otherwise(client: TestClient) -> None:
    assert client.get("/").headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("kind", ["default", "img", "media", "font", "connect", "frame", "script", "style", "worker"])
def test_nothing_is_fetched_from_elsewhere(client: TestClient, kind: str) -> None:
    policy = dict(rule.split(" ", 1) for rule in client.get("/").headers["content-security-policy"].split("; "))
    sources = set(policy[f"{kind}-src"].split())

    assert sources <= {"'self'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"}


def test_a_websocket_passes_through(client: TestClient) -> None:
    with client.websocket_connect("/echo") as socket:
        socket.send_text("hello")

        assert socket.receive_text() == "hello"
