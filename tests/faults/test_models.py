"""The fault matrix: each thing that a model's server does wrong, at each place of a chain of three models.

Through the real house, down to SQL: what the reader reads, what is stored, how often each server was asked, how long it
took, and what the breaker makes of it. Models before the place fail quickly, those behind it are well.
"""

import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from rag.house import House
from rag.models import line, pace
from rag.problems import Kind
from rag.settings import Answers, Model
from rag.writers import extractive
from store.records import AnswerRecord, HealthRecord, TraceRecord
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import (
    AnswerFromPassages,
    Behaviour,
    Cut,
    Endless,
    Erring,
    Garbage,
    HugeLine,
    ModelServer,
    Raw,
    Refuse,
    Reply,
    SlowHeaders,
    Stall,
    Status,
    Stutter,
    Thinking,
    ToolCall,
    WrongSchema,
)
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY

ANSWER = f"{HOTEL_SENTENCE} [1]"
BEGINNING = '{"answer": "A hotel night is reimb'
WHOLE = f'{{"answer": "{ANSWER}", "citations": [{{"pass'
NAMES = ("first", "second", "third")
LONG_S = 60
PATIENCE_S = 20
SHORT = {"first_token_timeout_s": 0.6, "stall_timeout_s": 0.4, "total_timeout_s": 1.0}
BOUND_S = 3 * 1.0 + 8  # the limits of three models, and a margin for a busy machine


@dataclass(frozen=True)
class Fault:
    """What a server does, how that is called, how often it is asked for one answer, and its breaker afterwards."""

    does: Behaviour | str  # a behaviour, or an address: `refused`, `unknown` or `https`
    kind: Kind
    calls: int
    state: str = "closed"
    failures: int = 1
    slow: bool = False  # only a limit ends it, so the limits are short


def chunks(*data: bytes) -> Raw:
    return Raw(b"".join(b"data: %b\n\n" % one for one in data))


FAULTS: dict[str, Fault] = {
    "refused": Fault("refused", "model_unreachable", 0),
    "unknown host": Fault("unknown", "model_unreachable", 0),
    "broken TLS": Fault("https", "model_unreachable", 0),
    "closed at once": Fault(Refuse(), "model_unreachable", 2),
    "400": Fault(Status(400), "model_refused", 1, failures=0),
    "401": Fault(Status(401), "model_unauthorized", 1, "open"),
    "403": Fault(Status(403), "model_unauthorized", 1, "open"),
    "404": Fault(Status(404), "model_unreachable", 1),
    "408": Fault(Status(408), "model_timeout", 2),
    "409": Fault(Status(409), "model_refused", 2, failures=0),
    "413": Fault(Status(413), "model_too_long", 3, failures=0),
    "429": Fault(Status(429), "model_rate_limited", 2),
    "429, come back soon": Fault(Status(429, retry_after=0.05), "model_rate_limited", 2),
    "429, come back late": Fault(Status(429, retry_after=90), "model_rate_limited", 1, "open"),
    "429, come back at a time": Fault(
        Status(429, retry_after=format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)),
        "model_rate_limited",
        1,
        "open",
    ),
    "429, no quota": Fault(Status(429, error_code="insufficient_quota"), "model_rate_limited", 1),
    "500": Fault(Status(500), "model_error", 2),
    "502": Fault(Status(502), "model_error", 2),
    "503": Fault(Status(503), "model_error", 2),
    "504": Fault(Status(504), "model_timeout", 2),
    "slow headers": Fault(SlowHeaders(LONG_S), "model_timeout", 1, slow=True),
    "half of the headers": Fault(SlowHeaders(LONG_S, half=True), "model_timeout", 1, slow=True),
    "a stall before a word": Fault(Stall("", LONG_S), "model_timeout", 1, slow=True),
    "a stall in the middle": Fault(Stall(BEGINNING, LONG_S), "model_timeout", 1, slow=True),
    "cut in a word": Fault(Cut(BEGINNING), "model_cut", 1),
    "cut in the JSON": Fault(Cut(WHOLE), "model_cut", 1),
    "an error in the middle": Fault(Erring(BEGINNING), "model_error", 1),
    "a chunk twice": Fault(Stutter(), "model_garbled", 2),
    "no event stream": Fault(Raw(b"<html>busy</html>"), "model_garbled", 1),
    "no JSON in it": Fault(chunks(b"<busy>"), "model_garbled", 1),
    "no UTF-8": Fault(chunks(b'{"choices": "\xff\xfe"}'), "model_garbled", 1),
    "empty choices": Fault(chunks(b'{"choices": []}', b"[DONE]"), "model_cut", 2),
    "an empty answer": Fault(Reply(""), "model_empty", 2),
    "a tool call": Fault(ToolCall(), "model_empty", 2),
    "prose": Fault(Garbage(), "model_garbled", 2),
    "another schema": Fault(WrongSchema(), "model_garbled", 2),
    "held back": Fault(Reply("", finish_reason="content_filter"), "model_filtered", 1, failures=0),
    "endless": Fault(Endless(), "model_timeout", 1, slow=True),
    "endless thinking": Fault(Thinking(words=10_000, delay_s=0.05), "model_timeout", 1, slow=True),
    "a huge line": Fault(HugeLine(), "model_garbled", 1),
}
QUICK = Fault(Status(404), "model_unreachable", 1)
PLACES = {"first": (0,), "second": (1,), "last": (2,), "all": (0, 1, 2)}


@pytest.fixture(scope="module")
def servers() -> Iterator[Sequence[ModelServer]]:
    """One for each model of the chain; a test counts what it received itself."""
    with ModelServer() as one, ModelServer() as two, ModelServer() as three:
        yield one, two, three


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


@dataclass
class Case:
    """A house whose chain has faults at some places, and what came of one question."""

    house: House
    servers: Sequence[ModelServer]
    before: list[int]
    took_s: float = 0.0

    def ask(self) -> tuple[AnswerRecord, TraceRecord]:
        """The answer to a question, and its trace, as they are stored."""
        began = time.monotonic()
        asked = self.house.assistant.ask("ana", HOTEL)
        seen = 0
        while (
            snapshot := self.house.assistant.snapshot("ana", asked.answer_id, seen, PATIENCE_S)
        ) and not snapshot.done:
            seen = snapshot.version
        self.took_s = time.monotonic() - began
        _, (question,) = self.house.assistant.conversation("ana", asked.conversation_id)
        trace = self.house.assistant.trace("ana", asked.answer_id)
        assert trace is not None
        return question.answers[-1], trace

    @property
    def calls(self) -> list[int]:
        return [len(server.requests) - before for server, before in zip(self.servers, self.before, strict=True)]

    @property
    def health(self) -> list[HealthRecord]:
        return self.house.chain.health()


@pytest.fixture
def case_of(
    build_house: BuildHouse,
    library_of: LibraryOf,
    servers: Sequence[ModelServer],
    plain: str,
    model_at: Callable[..., Model],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Case]:
    monkeypatch.setattr(line, "JITTER_S", 0.02)

    def build(faults: Sequence[Fault | None], answers: Answers | None = None, **changes: Any) -> Case:
        models = []
        for name, server, fault in zip(NAMES, servers, faults, strict=True):
            does = fault.does if fault else AnswerFromPassages()
            server.default = does if not isinstance(does, str) else AnswerFromPassages()
            url = address(does, plain) if isinstance(does, str) else server.url
            limits = SHORT if fault and fault.slow else {}
            models.append(model_at(url, name, **limits | {"tries": 2} | changes))
        house = build_house(models=models, answers=answers or Answers())
        library_of(house, LIBRARY)
        return Case(house, servers, [len(server.requests) for server in servers])

    return build


def address(kind: str, plain: str) -> str:
    """A URL that leads nowhere: nobody listens, no such host, or a port that does not speak TLS."""
    if kind == "unknown":
        return "http://models.invalid/v1"
    if kind == "https":
        return plain
    with socket.create_server(("127.0.0.1", 0)) as closed:
        return f"http://127.0.0.1:{closed.getsockname()[1]}/v1"


def chain_of(fault: Fault, places: Sequence[int]) -> list[Fault | None]:
    """The fault at its places; before them what fails quickly, behind them nothing."""
    return [fault if n in places else QUICK if n < min(places) else None for n in range(len(NAMES))]


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")  # openai's types, filled with rubbish
@pytest.mark.parametrize("places", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_whatever_a_model_does_the_reader_gets_an_answer(
    case_of: Callable[..., Case], fault: Fault, places: Sequence[int]
) -> None:
    chain = chain_of(fault, places)
    well = chain.index(None) if None in chain else None
    case = case_of(chain)
    answer, trace = case.ask()

    writer = extractive.NAME if well is None else NAMES[well]
    assert (answer.text.endswith(ANSWER), answer.state, answer.writer) == (True, "answered", writer)
    assert answer.degraded == next(one.kind for one in chain if one)
    assert [citation.quote for citation in answer.citations] == [HOTEL_SENTENCE]
    assert case.calls == [one.calls if one else int(n == well) for n, one in enumerate(chain)]
    assert case.took_s < BOUND_S
    assert [(h.state, h.failures, h.last_problem) for h in case.health] == [after(one) for one in chain]
    assert_told_whole(answer, trace)


def after(fault: Fault | None) -> tuple[str, int, Kind | None]:
    """A model's health after one answer."""
    if fault is None or not fault.failures:
        return "closed", 0, None
    return fault.state, fault.failures, fault.kind


def assert_told_whole(answer: AnswerRecord, trace: TraceRecord) -> None:
    """The parts tell who wrote which words, without a gap; the last words are the writer's."""
    ends = [part["end"] for part in trace.parts]
    assert [part["start"] for part in trace.parts] == [0, *ends[:-1]]
    assert ends[-1] == len(answer.text)
    assert {part["writer"] for part in trace.parts} <= {*NAMES, extractive.NAME}


def test_when_all_models_rest_nobody_is_asked_and_the_documents_answer(case_of: Callable[..., Case]) -> None:
    case = case_of([QUICK] * 3, failures_to_rest=2)
    degraded = [case.ask()[0].degraded for _ in range(3)]
    assert degraded == ["model_unreachable", "model_unreachable", "model_resting"]
    assert case.calls == [2, 2, 2]


def test_a_model_that_is_well_again_is_found_by_one_probe(
    case_of: Callable[..., Case], servers: Sequence[ModelServer]
) -> None:
    case = case_of([QUICK, None, None], failures_to_rest=1, rest_s=0.4)
    assert case.ask()[0].writer == "second"
    servers[0].default = AnswerFromPassages()
    end = time.monotonic() + PATIENCE_S
    while (answer := case.ask()[0]).writer != "first" and time.monotonic() < end:
        time.sleep(0.1)
    assert (answer.writer, answer.degraded, case.health[0].state) == ("first", None, "closed")
    assert case.calls[0] == 2


def test_hedging_asks_the_second_when_the_first_is_late_and_tells_who_wrote(
    case_of: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "UNKNOWN_S", 0.1)
    case = case_of([Fault(SlowHeaders(LONG_S), "model_timeout", 1), None, None], answers=Answers(hedge=True))
    answer, trace = case.ask()
    assert (answer.text, answer.writer, answer.degraded) == (ANSWER, "second", None)
    assert [part["writer"] for part in trace.parts] == ["second"]
    assert case.calls == [1, 1, 0]


def test_answers_of_no_use_make_a_model_rest_although_its_server_is_well(case_of: Callable[..., Case]) -> None:
    case = case_of([Fault(Garbage(), "model_garbled", 2), None, None], failures_to_rest=2)
    assert [case.ask()[0].writer for _ in range(3)] == ["second"] * 3
    assert (case.calls, case.health[0].state) == ([4, 3, 0], "open")
