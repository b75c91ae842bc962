"""An app behind a real uvicorn, in a thread of the tests' own process."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from api import connections
from api.connections import HeadLimit

Address = tuple[str, int]
PATIENCE_S = 20


@contextmanager
def listening(app: ASGIApp) -> Iterator[Address]:
    """Where programs reach this app."""
    server = uvicorn.Server(uvicorn.Config(HeadLimit(app), log_level="critical", lifespan="off"))
    server.config.load()
    connections.bind(server)
    with socket.create_server(("127.0.0.1", 0)) as bound:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        until = time.monotonic() + PATIENCE_S
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        try:
            yield bound.getsockname()
        finally:
            server.should_exit = True
            thread.join(PATIENCE_S)


@contextmanager
def connected(address: Address) -> Iterator[socket.socket]:
    with socket.create_connection(address, timeout=PATIENCE_S) as connection:
        yield connection


def read_all(connection: socket.socket) -> bytes:
    """Everything until the server closes the connection, which it must."""
    found = b""
    while piece := connection.recv(65_536):
        found += piece
    return found
