"""Models and lines for tests of them: on a real server, with their connections closed at the end."""

from collections.abc import Callable, Iterator

import pytest

from rag.models.chat import ChatModel
from rag.models.health import HealthBook
from rag.models.line import Line
from rag.models.loop import StreamLoop
from rag.settings import Answers, Model
from store.engine import Database
from store.records import CallRecord

BuildLine = Callable[..., Line]


@pytest.fixture
def loop() -> Iterator[StreamLoop]:
    made = StreamLoop()
    yield made
    made.close()


@pytest.fixture
def book(database: Database) -> HealthBook:
    return HealthBook(database)


@pytest.fixture
def kept() -> list[CallRecord]:
    """What lines noted of their requests."""
    return []


@pytest.fixture
def line_at(loop: StreamLoop, model_at: Callable[..., Model], book: HealthBook, kept: list[CallRecord]) -> BuildLine:
    """Builds a line by its server's URL; `changes` are settings of the model."""

    def build(url: str, name: str = "first", **changes: object) -> Line:
        model = model_at(url, name, **changes)
        return Line(model, ChatModel(model, Answers(), loop), book, keep=kept.append)

    return build
