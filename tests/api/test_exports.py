"""Downloads that are made while they are sent: whole, broken off by whoever reads them, or by the store."""

import http.client
import threading
from collections.abc import Generator
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette

from api import exports
from rag.exports.exports import Download
from store.engine import Unavailable
from tests.api.serving import PATIENCE_S, connected, listening

PIECE = b"0" * 65_536


def app(pieces: Generator[bytes]) -> Any:
    offered = SimpleNamespace(fetch=lambda *_: Download("data.zip", "application/zip", pieces))
    house: Any = SimpleNamespace(desk=SimpleNamespace(exports=offered))
    return Starlette(routes=exports.routes(lambda: house))


def test_a_download_that_cannot_go_on_fails_in_sight() -> None:
    def pieces() -> Generator[bytes]:
        yield PIECE
        raise Unavailable("the database went away")

    with listening(app(pieces())) as address:
        client = http.client.HTTPConnection(*address, timeout=PATIENCE_S)
        client.request("GET", "/exports/ticket")
        answer = client.getresponse()
        assert answer.status == 200
        with pytest.raises(http.client.IncompleteRead):
            answer.read()
        client.close()


def test_what_was_begun_is_closed_when_its_reader_leaves() -> None:
    closed = threading.Event()

    def pieces() -> Generator[bytes]:
        try:
            while True:
                yield PIECE
        finally:
            closed.set()

    with listening(app(pieces())) as address:
        with connected(address) as connection:
            connection.sendall(b"GET /exports/ticket HTTP/1.1\r\nHost: here\r\n\r\n")
            connection.recv(1000)
        assert closed.wait(PATIENCE_S)


def test_a_download_begins_before_its_first_example_is_made() -> None:
    go_on = threading.Event()

    def pieces() -> Generator[bytes]:
        yield b""
        assert go_on.wait(PATIENCE_S)
        yield b"all of it"

    with listening(app(pieces())) as address:
        client = http.client.HTTPConnection(*address, timeout=PATIENCE_S)
        client.request("GET", "/exports/ticket")
        answer = client.getresponse()
        go_on.set()
        assert (answer.headers["content-disposition"], answer.read()) == (
            'attachment; filename="data.zip"',
            b"all of it",
        )
        client.close()
