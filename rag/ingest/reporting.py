"""How far the reading of a file has come: readers report, whoever started them listens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[int, int], None]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def reporting(callback: Listener) -> Iterator[None]:
    """Inside, every `report` of this context calls `callback(done, total)`."""
    token = _listener.set(callback)
    try:
        yield
    finally:
        _listener.reset(token)


def report(done: int, total: int) -> None:
    """Say that `done` of `total` pages, slides, sheets or parts are read; without a listener nothing happens."""
    listener = _listener.get()
    if listener is not None:
        listener(done, total)
