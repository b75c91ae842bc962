"""Each kind of the catalogue of failures, made to happen: told in its words, and nothing private gets anywhere.

The servers repeat key and prompt in what they say is wrong, as real ones do.
"""

import contextlib
import io
import json
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, get_args

import pytest

from rag import bootstrap, logs
from rag.cancellation import Cancellation
from rag.house import House
from rag.problems import CATALOGUE, Kind
from rag.retrieval.search import Retriever
from rag.retrieval.vectors import ChromaIndex, Damaged
from rag.settings import Answers, Budget, Limits, Model
from store import people, spending
from tests.conftest import BuildHouse, LibraryOf, direct_parser, hash_embedder
from tests.faults import storage
from tests.faults.conftest import KEY, PATIENCE_S, wait_until
from tests.model_server import (
    BadQuotes,
    Behaviour,
    Cut,
    Endless,
    Erring,
    Garbage,
    ModelServer,
    Reply,
    SlowHeaders,
    Status,
)
from tests.pages.conftest import Tab
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY

READER = "reader"
NOT_THERE = "Who won the chess tournament in Reykjavik?"
RULE = "You answer questions for the readers of"  # the prompt's first words
ECHO = f"Incorrect API key {KEY} for: {RULE} Footnote … {HOTEL_SENTENCE} Question: {HOTEL}"
ERROR_FIELDS = {
    "messages": ("problem", "degraded"),
    "model_calls": ("problem",),
    "model_health": ("last_problem",),
    "entries": ("problem",),
}


@pytest.fixture(autouse=True)
def _nothing_private_in_the_log() -> None:
    """Instead of the wall in conftest.py, which reads tracebacks: here the log is read as it is written."""


@dataclass
class World:
    """What a failure needs to happen."""

    build: BuildHouse
    fill: LibraryOf
    server: ModelServer
    describe: Callable[..., Model]
    tab: Callable[..., Tab]
    patch: pytest.MonkeyPatch

    def house(self, *, documents: bool = True, **changes: Any) -> House:
        house = self.build(**changes)
        if documents:
            self.fill(house, LIBRARY)
        return house

    def model(self, name: str = "first", **changes: Any) -> Model:
        return self.describe(self.server.url, name, **changes)

    def looked_at(self, house: House) -> Tab:
        return self.tab(house, READER)

    def failing(self, does: Behaviour, **changes: Any) -> Tab:
        """A page on which a model did this, from the first to the last."""
        self.server.default = does
        return self.looked_at(self.house(models=[self.model(**changes)])).open().ask(HOTEL)


@pytest.fixture
def world(
    build_house: BuildHouse,
    library_of: LibraryOf,
    model_server: ModelServer,
    model_at: Callable[..., Model],
    tab: Callable[..., Tab],
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return World(build_house, library_of, model_server, model_at, tab, monkeypatch)


def by_status(status: int, **changes: Any) -> Callable[[World], Tab]:
    return lambda world: world.failing(Status(status, message=ECHO, error_code=KEY, **changes))


def by_model(does: Behaviour, **changes: Any) -> Callable[[World], Tab]:
    return lambda world: world.failing(does, **changes)


def busy(world: World) -> Tab:
    """Somebody else has the only place at the model."""
    world.patch.setattr("rag.models.places.WAIT_S", 0.1)
    world.server.default = Endless()
    house = world.house(models=[world.model(at_once=1)])
    (line,) = house.warmup.models(Cancellation())
    with contextlib.closing(line.stream([("human", "?")], Cancellation())) as others:  # type: ignore[type-var]
        next(others)
        return world.looked_at(house).open().ask(HOTEL)


def resting(world: World) -> Tab:
    return world.failing(Status(404, message=ECHO), failures_to_rest=1).ask(HOTEL)


def near_the_budget(world: World) -> Tab:
    dear = {"usd_per_million_input": 100, "usd_per_million_output": 100}
    cheap = {"usd_per_million_input": 1, "usd_per_million_output": 1}
    models = [world.model(**dear), world.model("second", **cheap)]
    house = world.house(models=models, budget=Budget(usd_per_day=10))
    with house.database.write() as session:
        people.remember(session, "somebody else")
        spending.add(session, "somebody else", usd=9)
    return world.looked_at(house).open().ask(HOTEL)


def budget_spent(world: World) -> Tab:
    house = world.house(models=[world.model()], budget=Budget(questions_per_person_day=1))
    return world.looked_at(house).open().ask(HOTEL).ask(HOTEL)


def warming(world: World) -> Tab:
    """The embedding model is still loading while somebody asks."""
    loaded = threading.Event()

    def slow(embedding: Any) -> Any:
        loaded.wait(PATIENCE_S)
        return hash_embedder(embedding)

    settled = world.house().settings
    house = bootstrap.build(
        settled.model_copy(update={"data_dir": settled.data_dir / "other"}), embedder=slow, parser=direct_parser
    )
    try:
        world.fill(house, LIBRARY)
        house.warmup.start()
        return world.looked_at(house).open().ask(NOT_THERE)
    finally:
        loaded.set()
        house.warmup.wait_for_meaning()
        house.close()


def elsewhere(world: World) -> Tab:
    """Another process owns the index."""
    world.house()
    return world.looked_at(world.build()).open().ask(NOT_THERE)


def damaged(world: World) -> Tab:
    def broken(*_: object) -> None:
        raise Damaged(f"Error loading hnsw index {HOTEL_SENTENCE}")

    page = world.looked_at(world.house()).open()
    world.patch.setattr(ChromaIndex, "search", broken)
    return page.ask(NOT_THERE)


def struck(fault: storage.Fault, question: str = HOTEL) -> Callable[[World], Tab]:
    """The database fails while somebody asks."""

    def happen(world: World) -> Tab:
        house = world.house()
        storage.prepare(house)
        page = world.looked_at(house).open().ask(HOTEL)
        with fault(house):
            return page.ask(question)

    return happen


def gone_in_mid_answer(world: World) -> Tab:
    """The database is moved away after the question was stored, before it is searched."""
    house = world.house(models=[world.model()])
    storage.prepare(house)
    page = world.looked_at(house).open().ask(HOTEL)
    (conversation,) = house.assistant.history(READER)
    world.server.default = SlowHeaders(0.5)  # the rewriting takes so long
    asked = house.assistant.ask(READER, "And how much is it?", conversation.id)
    job = house.assistant.job(asked.answer_id)
    assert job is not None
    with storage.gone(house):
        wait_until(job, lambda snapshot: snapshot.step == "saving")
    wait_until(job, lambda snapshot: snapshot.done)
    return page.open(c=conversation.id)


def while_one_is_answered(world: World, **changes: Any) -> Iterator[House]:
    world.server.default = Endless()
    house = world.house(models=[world.model()], **changes)
    asked = house.assistant.ask("somebody else", HOTEL)
    yield house
    house.assistant.stop("somebody else", asked.answer_id)


def queue_full(world: World) -> Tab:
    with contextmanager(while_one_is_answered)(world, answers=Answers(at_once=1, waiting=0)) as house:
        return world.looked_at(house).open().ask(HOTEL)


def too_many(world: World) -> Tab:
    house = world.house(limits=Limits(questions_per_minute=1))
    return world.looked_at(house).open().ask(HOTEL).ask(HOTEL)


def shutting_down(world: World) -> Tab:
    house = world.house()
    page = world.looked_at(house).open()
    house.drain()
    return page.ask(HOTEL)


def interrupted(world: World) -> Tab:
    world.server.default = Endless()
    house = world.house(models=[world.model()], answers=Answers(shutdown_s=0))
    asked = house.assistant.ask(READER, HOTEL)
    job = house.assistant.job(asked.answer_id)
    assert job is not None
    wait_until(job, lambda snapshot: bool(snapshot.text))
    house.close()
    return world.looked_at(world.build()).open(c=asked.conversation_id)


def bug(world: World) -> Tab:
    def broken(*_: object) -> None:
        raise KeyError(ECHO)

    page = world.looked_at(world.house()).open()
    world.patch.setattr(Retriever, "search", broken)
    return page.ask(HOTEL)


CASES: dict[Kind, Callable[[World], Tab]] = {
    "model_unreachable": by_status(404),
    "model_unauthorized": by_status(401),
    "model_rate_limited": by_status(429, retry_after=90),
    "model_error": by_model(Erring('{"answer": "', message=ECHO, error_code=KEY)),
    "model_timeout": by_model(SlowHeaders(60), first_token_timeout_s=0.3),
    "model_cut": by_model(Cut("")),
    "model_garbled": by_model(Garbage()),
    "model_empty": by_model(Reply("")),
    "answer_cut": by_model(Reply(f'{{"answer": "{HOTEL_SENTENCE} [1] And', finish_reason="length")),
    "model_filtered": by_model(Reply(json.dumps({"answer": ECHO}), finish_reason="content_filter")),
    "model_too_long": by_status(413),
    "model_refused": by_status(400),
    "model_busy": busy,
    "model_resting": resting,
    "unverified": by_model(BadQuotes()),
    "budget_near": near_the_budget,
    "budget_spent": budget_spent,
    "vectors_warming": warming,
    "vectors_elsewhere": elsewhere,
    "vectors_damaged": damaged,
    "database_locked": struck(storage.locked),
    "database_unavailable": struck(storage.read_only),
    "disk_full": struck(storage.no_more_pages, f"{HOTEL} {'Please. ' * (storage.LONG // 9)}"),
    "search_failed": gone_in_mid_answer,
    "library_empty": lambda world: world.looked_at(world.house(documents=False)).open().ask(HOTEL),
    "question_empty": lambda world: world.looked_at(world.house()).open().ask("   "),
    "too_many_questions": too_many,
    "queue_full": queue_full,
    "shutting_down": shutting_down,
    "interrupted": interrupted,
    "bug": bug,
}


def test_each_kind_has_its_case() -> None:
    assert set(CASES) == set(get_args(Kind))


@pytest.mark.parametrize("kind", CASES)
def test_it_is_told_in_its_words_and_gives_nothing_away(world: World, log_written: io.StringIO, kind: Kind) -> None:
    logs.set_up("debug")
    page = CASES[kind](world)
    shown, logged = as_read(page.words()), log_written.getvalue()
    assert CATALOGUE[kind].happened in shown
    assert list(page.app.exception) == []
    assert given_away(shown, KEY, RULE, "Traceback") == []
    assert given_away(logged, KEY, RULE, "Traceback", HOTEL, HOTEL_SENTENCE, NOT_THERE) == []
    for name, values in stored(page.house).items():
        assert set(values) <= {None, *CATALOGUE}, name
    assert given_away(whole(page.house), KEY) == []


def given_away(text: str, *secrets: str) -> list[str]:
    return [secret for secret in secrets if secret in text]


def as_read(words: str) -> str:
    return re.sub(r"\\(\W)", r"\1", words)


def stored(house: House) -> dict[str, list[str | None]]:
    """What stands in the fields about errors."""
    with closing(sqlite3.connect(storage.path_of(house))) as database:
        return {
            f"{table}.{column}": [row[0] for row in database.execute(f"SELECT DISTINCT {column} FROM {table}")]
            for table, columns in ERROR_FIELDS.items()
            for column in columns
        }


def whole(house: House) -> str:
    """All that the database holds."""
    with closing(sqlite3.connect(storage.path_of(house))) as database:
        return "\n".join(database.iterdump())
