"""Sessions without a browser, as the load benchmark has them: what it measures with must see what a page would."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.readers import WORDS, Read, seen
from benchmarks.websocket import Came, Session, texts
from tests.e2e import lighthouse as lights
from tests.e2e.lighthouse import Lighthouse
from tests.model_server import Telling


@pytest.fixture
def told(lighthouse: Lighthouse) -> Iterator[Lighthouse]:
    """The model's words tell when they were sent, one every 5 ms."""
    lighthouse.model.default = Telling(words=WORDS, delay_s=0.005)
    yield lighthouse
    lighthouse.model.default = lights.answer()


def asked(url: str) -> tuple[Read | None, list[Came]]:
    async def ask() -> tuple[Read | None, list[Came]]:
        session = await Session.open(url)
        begin = time.time()
        came = await session.ask(lights.QUESTION)
        await session.close()
        return seen(begin, came), came

    with ThreadPoolExecutor(1) as pool:  # this thread's event loop is Playwright's
        return pool.submit(lambda: asyncio.run(ask())).result()


def test_a_session_asks_and_knows_how_late_each_word_was(told: Lighthouse) -> None:
    read, _ = asked(told.app.url)

    assert read
    assert len(read.lags_ms) == WORDS
    assert 0 < min(read.lags_ms) <= max(read.lags_ms) < read.took_ms
    assert told.app.rows("SELECT state FROM messages ORDER BY id DESC LIMIT 1") == [("answered",)]


def test_what_did_not_change_is_not_drawn_again(told: Lighthouse) -> None:
    _, came = asked(told.app.url)

    drawn = Counter(text for _, text in texts(came))
    assert drawn[":shimmer[Writing …]"] == 1
