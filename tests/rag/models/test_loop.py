"""The loop that reads streams for threads: limits, stops, errors, and nothing left open."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from rag.cancellation import Cancellation, Cancelled
from rag.models.limits import Limits
from rag.models.loop import StreamLoop, TooSlow

PATIENCE_S = 20


@pytest.fixture
def loop() -> Iterator[StreamLoop]:
    made = StreamLoop()
    yield made
    made.close()


class Stream:
    """Gives its items, then ends in the given way; notes when it was closed."""

    def __init__(self, *items: str, silent: bool = False, error: Exception | None = None) -> None:
        self.items, self.silent, self.error = items, silent, error
        self.closed = threading.Event()

    async def __call__(self) -> AsyncIterator[str]:
        try:
            for item in self.items:
                yield item
            if self.silent:
                await asyncio.sleep(60)
            if self.error:
                raise self.error
        finally:
            self.closed.set()


def read(
    loop: StreamLoop,
    stream: Callable[[], AsyncIterator[str]],
    cancellation: Cancellation | None = None,
    **limits: float,
) -> Iterator[str]:
    given = {"first_s": PATIENCE_S, "stall_s": PATIENCE_S, "total_s": PATIENCE_S} | limits
    return loop.iterate(stream, Limits(**given), cancellation=cancellation or Cancellation())


def test_items_come_in_order(loop: StreamLoop) -> None:
    assert list(read(loop, Stream("a", "b", "c"))) == ["a", "b", "c"]


def test_an_error_is_raised_where_the_items_are_read(loop: StreamLoop) -> None:
    items = read(loop, Stream("a", error=ZeroDivisionError()))
    assert next(items) == "a"
    with pytest.raises(ZeroDivisionError):
        next(items)


@pytest.mark.parametrize(("given", "limit"), [((), "first_s"), (("a",), "stall_s")])
def test_silence_has_a_limit(loop: StreamLoop, given: tuple[str, ...], limit: str) -> None:
    stream = Stream(*given, silent=True)
    with pytest.raises(TooSlow):
        list(read(loop, stream, **{limit: 0.05}))
    assert stream.closed.wait(PATIENCE_S)


def test_a_stop_wakes_a_reader_that_waits(loop: StreamLoop) -> None:
    stream, cancellation = Stream("a", silent=True), Cancellation()
    items = read(loop, stream, cancellation)
    next(items)
    threading.Timer(0.05, cancellation.cancel).start()
    with pytest.raises(Cancelled):
        next(items)
    assert stream.closed.wait(PATIENCE_S)


def test_a_stop_comes_before_what_is_already_there(loop: StreamLoop) -> None:
    cancellation = Cancellation()
    items = read(loop, Stream("a", "b", "c"), cancellation)
    next(items)
    cancellation.cancel()
    with pytest.raises(Cancelled):
        next(items)


def test_leaving_early_closes_the_stream(loop: StreamLoop) -> None:
    stream = Stream("a", silent=True)
    items = read(loop, stream)
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert stream.closed.wait(PATIENCE_S)


def test_many_threads_read_at_once(loop: StreamLoop) -> None:
    texts: list[str] = []
    readers = [
        threading.Thread(target=lambda n=n: texts.append("".join(read(loop, Stream(*str(n) * 50)))))  # type: ignore[misc]
        for n in range(8)
    ]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join(PATIENCE_S)
    assert sorted(texts) == [str(n) * 50 for n in range(8)]


def test_closing_ends_what_is_open() -> None:
    loop, stream = StreamLoop(), Stream("a", silent=True)
    closed: list[str] = []

    async def close_client() -> None:
        closed.append("client")

    loop.on_close(close_client)
    items = read(loop, stream)
    next(items)
    loop.close()
    assert (stream.closed.is_set(), closed) == (True, ["client"])
    items.close()  # type: ignore[attr-defined]
