"""The fault matrix: each thing that a model's server does wrong, at each place of a chain of three models.

Through the real house, down to SQL: what the reader reads at every moment, what is stored and noted, how often each
server was asked, how long it took, and what the breaker makes of it. The faults stand in matrix.py.
"""

import itertools
import json
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from rag.bootstrap import build
from rag.house import House
from rag.models import line, pace
from rag.models.chat import ChatModel
from rag.models.line import Line
from rag.problems import Kind
from rag.settings import Answers, Model, Settings
from rag.writers import extractive
from rag.writing.words import whole_sentences
from store.models import ModelCall
from store.records import AnswerRecord, HealthRecord, TraceRecord
from tests.conftest import direct_parser, hash_embedder
from tests.faults.conftest import KEY
from tests.faults.matrix import ANSWER, DRAFT, FAULTS, LONG_S, PAGE, Address, Fault, in_page
from tests.model_server import Cut, Garbage, ModelServer, Reply, SlowHeaders, Status
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY

NAMES = ("first", "second", "third")
PATIENCE_S = 20
MARGIN_S = 10  # a busy machine
LIMITS = {"first_token_timeout_s": PATIENCE_S, "stall_timeout_s": PATIENCE_S, "total_timeout_s": PATIENCE_S}

WELL = Fault("well", Reply(json.dumps(DRAFT)), None, breaker="–")
QUICK = Fault("404", Status(404), "model_unreachable")
TRAINS = "Trains are booked in second class."
SAID = f"{TRAINS} [1] A hotel "
BROKE = Fault("broke off", Cut(f'{{"answer": "{SAID}ni'), "model_cut", keeps=SAID)
PLACES: dict[str, Callable[[Fault], Sequence[Fault]]] = {
    "first": lambda fault: (fault, WELL, WELL),
    "second": lambda fault: (BROKE, fault, WELL),
    "last": lambda fault: (QUICK, BROKE, fault),
    "all": lambda fault: (fault, fault, fault),
}


@dataclass(frozen=True)
class Played:
    """What came of one question."""

    answer: AnswerRecord
    trace: TraceRecord
    seen: Sequence[str]  # the reader's text, each time it changed
    took_s: float
    requests: Sequence[int]  # that each server got
    noted: Sequence[tuple[str, int, str | None]]  # model, tries and problem of each call

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Who wrote which words."""
        return [(part["writer"], self.answer.text[part["start"] : part["end"]]) for part in self.trace.parts]


@dataclass
class Stage:
    """One house for all cells; each has models of its own, and finds everything well."""

    house: House
    servers: Sequence[ModelServer]
    plain: str
    lines: dict[object, Line] = field(default_factory=dict)
    people: Iterator[int] = field(default_factory=itertools.count)

    def set(self, chain: Sequence[Fault], **changes: Any) -> None:
        """Has the chain's models do this."""
        for server, fault in zip(self.servers, chain, strict=True):
            server.default = WELL.does if isinstance(fault.does, str) else fault.does
        lines = [self._line(n, fault, changes) for n, fault in enumerate(chain)]
        self.house.chain._models = lambda _: lines
        for name in NAMES:
            self.house.chain._book.change(name, lambda health: HealthRecord(health.name))

    def ask(self) -> Played:
        """The answer to a question, with all that can be known about it."""
        before, called = [len(server.requests) for server in self.servers], self._calls()
        person, began = f"reader {next(self.people)}", time.monotonic()
        asked = self.house.assistant.ask(person, HOTEL)
        seen: list[str] = []
        if job := self.house.assistant.job(asked.answer_id):
            job.watch(lambda: seen.append(job.snapshot.text))
            while not (shown := job.wait(job.snapshot.version, PATIENCE_S)).done:
                assert time.monotonic() - began < 3 * PATIENCE_S, shown
        took_s = time.monotonic() - began
        _, (question,) = self.house.assistant.conversation(person, asked.conversation_id)
        trace = self.house.assistant.trace(person, asked.answer_id)
        assert trace is not None
        requests = [len(server.requests) - count for server, count in zip(self.servers, before, strict=True)]
        return Played(question.answers[-1], trace, seen, took_s, requests, self._calls()[len(called) :])

    def health(self) -> list[tuple[str, int, str | None]]:
        return [(one.state, one.failures, one.last_problem) for one in self.house.chain.health()]

    def _calls(self) -> list[tuple[str, int, str | None]]:
        self.house.calls.flush()
        wanted = select(ModelCall.model, ModelCall.attempts, ModelCall.problem).order_by(ModelCall.id)
        with self.house.database.read() as session:
            return [tuple(row) for row in session.execute(wanted)]

    def _line(self, place: int, fault: Fault, changes: dict[str, Any]) -> Line:
        address = fault.does if isinstance(fault.does, str) else None
        key = place, address, *fault.limits.items(), *changes.items()
        if key not in self.lines:
            told = {"name": NAMES[place], "model": "test-model", "base_url": self._url(place, address)}
            model = Model.model_validate(told | LIMITS | {"tries": 2} | fault.limits | changes)
            chat = ChatModel(model, Answers(), self.house.loop)
            self.lines[key] = Line(model, chat, self.house.chain._book, keep=self.house.calls.keep)
        return self.lines[key]

    def _url(self, place: int, address: Address | None) -> str:
        """Where the model is, or one of the places where none is."""
        match address:
            case "unknown":
                return "http://models.invalid/v1"
            case "not TLS":
                return self.plain
            case "refused":
                with socket.create_server(("127.0.0.1", 0)) as closed:
                    return f"http://127.0.0.1:{closed.getsockname()[1]}/v1"
            case None:
                return self.servers[place].url


@pytest.fixture(scope="module")
def plain() -> Iterator[str]:
    """The https address of a server that does not speak TLS, and says so as web servers do."""

    class Plain(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(1000)
            self.request.sendall(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Plain) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"https://127.0.0.1:{server.server_address[1]}/v1"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def shared(plain: str, answer_guard: Any, tmp_path_factory: pytest.TempPathFactory, _migrated: Any) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("matrix")
    with (
        pytest.MonkeyPatch.context() as patch,
        ModelServer() as one,
        ModelServer() as two,
        ModelServer() as three,
    ):
        patch.setenv("FOOTNOTE_CONFIG", str(folder / "none.toml"))
        patch.setattr("rag.warmup._settle", lambda: None)
        servers = (one, two, three)
        models = [Model(name=n, model="test-model", base_url=s.url) for n, s in zip(NAMES, servers, strict=True)]
        house = build(
            Settings(data_dir=folder, models=models),
            embedder=hash_embedder,
            guard=lambda: answer_guard,
            parser=direct_parser,
        )
        house.warmup.wait_for_meaning()
        for name, text in LIBRARY.items():
            house.library.add(name, text.encode())
        while house.worker.step():
            pass
        yield Stage(house, servers, plain)
        house.close()


@pytest.fixture
def stage(shared: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Stage:
    """Pauses between tries are short, and whatever is logged is looked at: see conftest.py."""
    monkeypatch.setattr(line, "JITTER_S", 0.01)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    caplog.set_level("DEBUG")
    return shared


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")  # openai's types, filled with rubbish
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_whatever_a_model_does_the_reader_gets_an_answer(stage: Stage, fault: Fault, place: str) -> None:
    chain = PLACES[place](fault)
    stage.set(chain)
    played = stage.ask()

    answer, asked = played.answer, until_one_is_well(chain)
    writer = extractive.NAME if all(one.kind for one in chain) else NAMES[len(asked) - 1]
    assert answer.text.split() == expected(chain).split()
    assert (answer.state, answer.problem) == ("answered", None)
    assert (answer.writer, answer.degraded) == (writer, chain[0].kind)
    assert [citation.quote for citation in answer.citations][-1] == HOTEL_SENTENCE
    assert played.parts == parts(chain, answer.text)
    assert_read_well(played.seen, answer.text)
    assert played.requests == [one.requests if n < len(asked) else 0 for n, one in enumerate(chain)]
    assert played.noted == [call for n, one in enumerate(asked) for call in calls(NAMES[n], one)]
    assert played.took_s < sum(sum(one.limits.values()) for one in asked) + MARGIN_S
    assert stage.health() == [health(one if n < len(asked) else WELL) for n, one in enumerate(chain)]
    for server, one in zip(stage.servers, asked, strict=False):
        assert not one.limits or server.requests[-1].wait_closed(PATIENCE_S)


def until_one_is_well(chain: Sequence[Fault]) -> Sequence[Fault]:
    """The models that are asked."""
    well = next((n for n, fault in enumerate(chain) if not fault.kind), len(chain))
    return chain[: well + 1]


def expected(chain: Sequence[Fault]) -> str:
    """The whole answer, behind what one said before it broke off."""
    return f"{TRAINS} [1] {ANSWER}" if BROKE in chain else ANSWER


def parts(chain: Sequence[Fault], text: str) -> list[tuple[str, str]]:
    """Who wrote which words: each word is of the first who wrote it whole, and the documents end sentences only."""
    begin, found, end = text.index(ANSWER), [], 0
    for name, fault in zip(NAMES, until_one_is_well(chain), strict=False):
        own = begin + len(fault.keeps if fault.kind else ANSWER)
        if fault is BROKE:
            own = len(f"{TRAINS} [1]" if any(one.strays for one in chain) else SAID)
        if own > end and (fault.keeps or not fault.kind):
            found.append((name, end, own))
            end = own
    if end < len(text):
        begin = len(text[:begin].rstrip())
        found = [(name, start, begin) for name, start, _ in found if start < begin] + [
            (extractive.NAME, begin, len(text))
        ]
    return [(name, text[start:end]) for name, start, end in found]


def assert_read_well(seen: Sequence[str], text: str) -> None:
    """At no moment is a whole sentence lost or said twice."""
    for shown in seen:
        assert text.startswith(whole_sentences(shown).rstrip()), shown
        assert max(shown.count(part) for part in ("Trains", "A hotel night", "reimbursed", "140 euros")) <= 1, shown


def calls(name: str, fault: Fault) -> list[tuple[str, int, Kind | None]]:
    """What is noted of the requests for one answer."""
    match fault.again:
        case "asked to mend it":
            return [(name, 1, None)] * 2  # the server was well, the answers were not
        case "given less to read, twice":
            return [(name, 1, fault.kind)] * 3
        case again:
            return [(name, 2 if again else 1, fault.kind)]


def health(fault: Fault) -> tuple[str, int, Kind | None]:
    """The breaker of a model after one answer: its state, its failures, the last one."""
    return (
        ("closed", 0, None)
        if fault.breaker == "–"
        else ("closed" if fault.breaker == "counts" else "open", 1, fault.kind)
    )


def test_the_table_in_the_docs_is_the_one_that_is_played() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert in_page(page) == page, "python -m tests.faults.matrix writes it"


def test_when_all_models_rest_nobody_is_asked_and_the_documents_answer(stage: Stage) -> None:
    stage.set([QUICK] * 3, failures_to_rest=2)
    played = [stage.ask() for _ in range(3)]
    assert [one.answer.degraded for one in played] == ["model_unreachable", "model_unreachable", "model_resting"]
    assert [list(one.requests) for one in played] == [[1, 1, 1], [1, 1, 1], [0, 0, 0]]


def test_a_model_that_is_well_again_is_found_by_one_probe(stage: Stage) -> None:
    stage.set([QUICK, WELL, WELL], failures_to_rest=1, rest_s=0.4)
    assert stage.ask().answer.writer == "second"
    stage.servers[0].default = WELL.does  # type: ignore[assignment]
    end = time.monotonic() + PATIENCE_S
    while (played := stage.ask()).answer.writer != "first" and time.monotonic() < end:
        assert played.requests[0] == 0
        time.sleep(0.1)
    assert (played.answer.writer, played.answer.degraded) == ("first", None)
    assert (list(played.requests), stage.health()[0][0]) == ([1, 0, 0], "closed")


def test_answers_of_no_use_make_a_model_rest_although_its_server_is_well(stage: Stage) -> None:
    stage.set([Fault("prose", Garbage(), "model_garbled"), WELL, WELL], failures_to_rest=2)
    played = [stage.ask() for _ in range(3)]
    assert [one.answer.writer for one in played] == ["second"] * 3
    assert ([list(one.requests) for one in played], stage.health()[0][0]) == ([[2, 1, 0], [2, 1, 0], [0, 1, 0]], "open")


def test_hedging_asks_the_second_when_the_first_is_late_and_tells_who_wrote(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "UNKNOWN_S", 0.1)
    stage.set([Fault("late", SlowHeaders(LONG_S), "model_timeout"), WELL, WELL], rest_s=1)
    monkeypatch.setattr(stage.house.chain, "_hedge", True)
    played = stage.ask()
    assert (played.answer.text, played.answer.writer, played.answer.degraded) == (ANSWER, "second", None)
    assert (played.parts, list(played.requests)) == ([("second", ANSWER)], [1, 1, 0])
