"""Heads that are too large, and requests that come too slowly: byte by byte over a real connection."""

import json
import socket
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from websockets.sync.client import connect

from api import connections
from api.connections import HEAD_BYTES, Bounded
from rag.house import House
from tests.api.asking import CHAT
from tests.api.conftest import app_of
from tests.api.serving import Address, connected, listening, read_all

CLOSED = r"reset|[Bb]roken pipe|aborted"
HEAD = b"GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n"


def trickle(connection: socket.socket, words: bytes) -> None:
    for letter in words:
        connection.sendall(bytes([letter]))
        time.sleep(0.05)


@pytest.fixture
def address(house: House) -> Iterator[Address]:
    with listening(app_of(house)) as found:
        yield found


def code(answer: bytes) -> tuple[int, str]:
    """Status and code of a refusal."""
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)["error"]["code"]


@pytest.mark.parametrize("more", [b"X-Long: " + b"a" * HEAD_BYTES, b"".join(b"X-%d: a\r\n" % n for n in range(9000))])
def test_large_headers_are_refused(address: Address, more: bytes) -> None:
    with connected(address) as connection:
        connection.sendall(HEAD + more + b"\r\n\r\n")

        assert code(read_all(connection)) == (431, "headers_too_large")


def test_a_long_address_is_refused(address: Address) -> None:
    with connected(address) as connection:
        connection.sendall(b"GET /v1/models?" + b"a" * 60_000 + b" HTTP/1.1\r\nX: " + b"a" * 9_000 + b"\r\n\r\n")

        assert code(read_all(connection)) == (431, "headers_too_large")


def test_headers_without_an_end_are_not_gathered(address: Address) -> None:
    with connected(address) as connection:
        connection.sendall(HEAD + b"X-Long: ")
        with pytest.raises(OSError, match=CLOSED):
            connection.sendall(b"a" * 130_000_000)


def test_large_headers_that_are_not_too_large_are_taken(address: Address) -> None:
    with connected(address) as connection:
        connection.sendall(HEAD + b"X-Long: " + b"a" * 60_000 + b"\r\nConnection: close\r\n\r\n")

        assert read_all(connection).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("said", [b"", b"GET /v1/mod", HEAD])
def test_a_head_that_does_not_come_is_not_waited_for(
    house: House, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(connections, "HEAD_S", 0.3)
    with listening(app_of(house)) as address, connected(address) as connection:
        connection.sendall(said)
        answer = read_all(connection)

    assert not answer if not said else code(answer) == (408, "request_timeout")


def test_a_head_that_comes_byte_by_byte_is_not_waited_for(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time counts for the whole, also for the second request of a connection."""
    monkeypatch.setattr(connections, "HEAD_S", 1)
    with listening(app_of(house)) as address, connected(address) as connection:
        connection.sendall(HEAD + b"\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
        with pytest.raises(OSError, match=CLOSED):
            trickle(connection, HEAD * 100)


def test_a_body_that_comes_byte_by_byte_is_not_waited_for(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.bodies.ARRIVAL_S", 0.5)
    head = f"POST {CHAT} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
    with listening(app_of(house)) as address, connected(address) as connection:
        connection.sendall(head.encode() + b"{")
        time.sleep(0.2)
        connection.sendall(b'"')

        assert code(read_all(connection)) == (408, "request_timeout")


def test_an_answer_may_take_longer_than_a_head(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_S", 0.2)
    with listening(app_of(house)) as address, connected(address) as connection:
        head = f"POST {CHAT} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode())
        time.sleep(0.6)  # the body has its own time
        connection.sendall(b"{}")

        assert code(read_all(connection)) == (400, "invalid_value")


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    async for words in socket.iter_text():
        await socket.send_text(words)


def test_a_websocket_may_stay_as_long_as_it_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_S", 0.2)
    with (
        listening(Starlette(routes=[WebSocketRoute("/", echo)])) as (host, port),
        connect(f"ws://{host}:{port}") as page,
    ):
        time.sleep(0.6)
        page.send("still there")

        assert page.recv(20) == "still there"


def test_a_server_of_another_kind_is_left_as_it_is() -> None:
    server = uvicorn.Server(uvicorn.Config("app:app", http="h11"))
    server.config.http_protocol_class = object  # type: ignore[assignment]
    connections.bind(server)
    connections.bind(None)

    assert server.config.http_protocol_class is object


def test_a_server_is_bound_once() -> None:
    server = uvicorn.Server(uvicorn.Config("app:app"))
    server.config.load_app = lambda: None  # type: ignore[method-assign]
    server.config.load()
    connections.bind(server)
    once = server.config.http_protocol_class
    connections.bind(server)

    assert issubclass(once, Bounded)
    assert server.config.http_protocol_class is once
