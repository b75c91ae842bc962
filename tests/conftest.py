"""The parts of the house for tests, all real but the embedding model, and walls around every test.

No test reaches a machine outside, and none reads the settings of whoever runs it.
"""

import gc
import io
import logging
import os
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from _pytest.nodeid import coerce_node_id

from guards.answer import AnswerGuard
from rag import logs, warmup
from rag.bootstrap import build
from rag.house import House
from rag.ingest.parsing import Limits, Parser
from rag.retrieval.embedding import Embedder
from rag.settings import Embedding, Model, Settings
from store import engine
from store.engine import Database
from tests.fakes import DirectParser, HashEmbedder
from tests.model_server import ModelServer

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # as the app does before anything reads it, see rag/opening.py
BuildHouse = Callable[..., House]
LibraryOf = Callable[..., dict[str, int]]


def pytest_collection_finish() -> None:
    """All that is imported by now stays: the collector took an eighth of the time to find that out again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(trylast=True)  # after xdist's
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share an app run in one process: xdist 3.8 notes their group where pytest 9.2 does not look for it."""
    for item in items:
        grouped = vars(item).get("_nodeid")
        if grouped and grouped != item.nodeid:
            item._id = coerce_node_id(grouped)  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _no_foreign_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of whoever runs the tests says nothing about models, data or proxies."""
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "FOOTNOTE_")) or name.lower() in {"http_proxy", "https_proxy", "all_proxy"}:
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _no_machine_outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuses connections to other machines and look-ups of their names, and fails the test that tried."""
    tried: list[str] = []
    look_up = socket.getaddrinfo

    def guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
        def checked(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
                tried.append(f"{address[0]}:{address[1]}")
                raise ConnectionRefusedError(f"A test tried to reach {address}.")
            return connect(self, address)

        return checked

    def looked_up(host: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name and name.endswith(".invalid"):  # reserved: such a name exists nowhere
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if name and not _is_here(name):
            tried.append(name)
            raise socket.gaierror(f"A test tried to look up {name}.")
        return look_up(host, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    yield
    if tried:
        pytest.fail(f"reached for {', '.join(tried)}")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback or ip_address(host).is_unspecified
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True)
def _garbage_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its warm-up the app freezes the collector's view of the process, which would hide leaks of later tests."""
    monkeypatch.setattr(warmup, "_settle", lambda: None)


class Compiled(dict[Any, Any]):
    """What statements compile to, by statement alone: SQLAlchemy's keys begin with the engine's own dialect."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key[1:], value)


@pytest.fixture(scope="session", autouse=True)
def _statements_are_compiled_once() -> Iterator[None]:
    """Each test has engines of its own, all of them SQLite's: compiling for each anew took an eighth of the time."""
    shared = {"compiled_cache": Compiled()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", partial(engine.create_engine, execution_options=shared))
        yield


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all its tables, to be copied: migrating takes a tenth of a second."""
    path = tmp_path_factory.mktemp("migrated") / "footnote.db"
    opened = Database(f"sqlite:///{path}")
    opened.migrate()
    opened.close()
    return path


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _migrated: Path) -> Settings:
    """The defaults, over a data folder of this test's own."""
    monkeypatch.setenv("FOOTNOTE_CONFIG", str(tmp_path / "none.toml"))
    (tmp_path / "data").mkdir()
    shutil.copy(_migrated, tmp_path / "data")
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def database(tmp_path: Path, _migrated: Path) -> Iterator[Database]:
    """A real SQLite file with all its tables."""
    opened = Database(f"sqlite:///{shutil.copy(_migrated, tmp_path)}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def answer_guard() -> AnswerGuard:
    """One for all tests, as in the app: guardrails takes seconds to import."""
    return AnswerGuard()


def direct_parser(_: Limits) -> Parser:
    """Files are parsed in the test's own process, which is quicker; test_parsing.py has the real one."""
    return DirectParser()


def hash_embedder(_: Embedding) -> Embedder:
    """Stands in for every model."""
    return HashEmbedder()


@pytest.fixture
def build_house(settings: Settings, answer_guard: AnswerGuard) -> Iterator[BuildHouse]:
    """Builds houses that are closed at the end; `changes` are settings. The worker stands still: see `library_of`."""
    built: list[House] = []

    def build_one(
        embedder: Callable[..., Any] = hash_embedder, parser: Callable[..., Any] = direct_parser, **changes: Any
    ) -> House:
        house = build(
            settings.model_copy(update=changes),
            embedder=embedder,
            guard=lambda: answer_guard,
            parser=parser,
        )
        built.append(house)
        house.warmup.start()
        house.warmup.wait_for_meaning()
        return house

    yield build_one
    for house in reversed(built):
        if not house.loop._loop.is_closed():
            house.close()


@pytest.fixture
def house(build_house: BuildHouse) -> House:
    """A house without a model, warm."""
    return build_house()


@pytest.fixture
def library_of() -> LibraryOf:
    """Adds documents (name → text or bytes) to a house, makes them searchable and gives the ids of the documents."""

    def fill(house: House, documents: Mapping[str, str | bytes]) -> dict[str, int]:
        entries = {
            name: house.library.add(name, data.encode() if isinstance(data, str) else data)
            for name, data in documents.items()
        }
        while house.worker.step():
            pass
        done = {entry.id: entry.document_id for entry in house.library.progress(list(entries.values()))}
        return {name: found for name, entry in entries.items() if (found := done[entry]) is not None}

    return fill


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """A command or a page sets the log up: the next test finds it as this one did."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.OURS}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


@pytest.fixture
def log_written() -> io.StringIO:
    """What the app's log writes once it is set up, see rag/logs.py."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Discreet(logs.FORMAT))
    logging.getLogger().addHandler(handler)
    return stream


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    """An OpenAI-compatible server that answers well until it is told otherwise."""
    with ModelServer() as server:
        yield server


@pytest.fixture
def model_at() -> Callable[..., Model]:
    """The settings of a model on a server, given by its URL; waits are long."""

    def describe(url: str, name: str = "first", **changes: Any) -> Model:
        patient = {"connect_timeout_s": 20, "first_token_timeout_s": 20, "stall_timeout_s": 20, "tries": 1}
        return Model.model_validate({"name": name, "model": "test-model", "base_url": url} | patient | changes)

    return describe
