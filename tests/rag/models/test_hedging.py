"""Hedging: who is asked when, who is kept, and what becomes of the other."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from rag.cancellation import Cancellation, Cancelled
from rag.models import pace
from rag.models.chat import Piece
from rag.models.hedging import hedged
from rag.models.line import Line
from rag.models.pace import Pace
from rag.models.trouble import ModelTrouble
from rag.types import Usage
from store.records import CallRecord
from tests.model_server import Cut, Endless, ModelServer, Reply, SlowHeaders, Stall, Status

PATIENCE_S = 20
MESSAGES = [("human", "How late?")]


@pytest.fixture
def second_server() -> Iterator[ModelServer]:
    with ModelServer(Reply("Ten.")) as server:
        yield server


@pytest.fixture
def lines(
    line_at: Callable[..., Line],
    model_server: ModelServer,
    second_server: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Sequence[Line]:
    """Two models, the first helped out by the second after a quarter of a second."""
    monkeypatch.setattr(pace, "UNKNOWN_S", 0.25)
    model_server.default = Reply("Nine.")
    return hedged([line_at(model_server.url), line_at(second_server.url, "second")])


def read(line: Line, **how: Any) -> tuple[str, set[str]]:
    """The text, and who wrote it."""
    pieces: list[Piece] = list(line.stream(MESSAGES, Cancellation(), **how))
    return "".join(piece.text for piece in pieces), {piece.writer for piece in pieces if piece.text}


def test_a_first_model_in_time_is_asked_alone(lines: Sequence[Line], second_server: ModelServer) -> None:
    assert read(lines[0]) == ("Nine.", {"first"})
    assert second_server.requests == []


def test_when_the_first_is_late_the_second_speaks_and_the_first_is_closed(
    lines: Sequence[Line], model_server: ModelServer
) -> None:
    model_server.default = SlowHeaders(60)
    assert read(lines[0]) == ("Ten.", {"second"})
    assert model_server.requests[0].wait_closed(PATIENCE_S)


def test_when_the_first_speaks_after_all_the_second_is_closed(
    lines: Sequence[Line], model_server: ModelServer, second_server: ModelServer
) -> None:
    second_server.default = SlowHeaders(60)
    model_server.default = Reply("Nine.", first_delay_s=1)
    assert read(lines[0]) == ("Nine.", {"first"})
    assert second_server.requests[0].wait_closed(PATIENCE_S)


def test_what_both_cost_is_told_together_once(lines: Sequence[Line], model_server: ModelServer) -> None:
    model_server.default = SlowHeaders(60)
    told: list[Usage] = []
    read(lines[0], spend=told.append)
    assert [usage.output_tokens for usage in told] == [1]


def test_both_requests_are_noted(lines: Sequence[Line], model_server: ModelServer, kept: list[CallRecord]) -> None:
    model_server.default = SlowHeaders(60)
    read(lines[0])
    assert {(record.model, record.problem) for record in kept} == {("first", None), ("second", None)}


def test_a_first_that_fails_in_time_is_told_at_once(lines: Sequence[Line], model_server: ModelServer) -> None:
    model_server.default = Status(500)
    with pytest.raises(ModelTrouble) as raised:
        read(lines[0])
    assert raised.value.kind == "model_error"
    assert read(lines[1]) == ("Ten.", {"second"})


def test_a_first_that_fails_late_leaves_it_to_the_second(
    lines: Sequence[Line], model_server: ModelServer, second_server: ModelServer
) -> None:
    model_server.default = Stall("", 0.6)
    second_server.default = Reply("Ten.", first_delay_s=1.5)
    assert read(lines[0]) == ("Ten.", {"second"})


def test_when_both_fail_the_second_is_not_asked_again(
    lines: Sequence[Line], model_server: ModelServer, second_server: ModelServer
) -> None:
    model_server.default = Stall("", 1)
    second_server.default = Status(401)
    kinds = []
    for line in lines:
        with pytest.raises(ModelTrouble) as raised:
            read(line)
        kinds.append(raised.value.kind)
    assert kinds == ["model_cut", "model_unauthorized"]
    assert len(second_server.requests) == 1


def test_who_wrote_the_draft_is_asked_to_mend_it(
    lines: Sequence[Line], model_server: ModelServer, second_server: ModelServer
) -> None:
    model_server.default = SlowHeaders(60)
    read(lines[0])
    assert read(lines[0], purpose="again") == ("Ten.", {"second"})
    assert (len(model_server.requests), len(second_server.requests)) == (1, 2)


def test_one_that_speaks_and_breaks_is_told(lines: Sequence[Line], model_server: ModelServer) -> None:
    model_server.default = Cut("Nine")
    with pytest.raises(ModelTrouble) as raised:
        read(lines[0])
    assert raised.value.kind == "model_cut"


def test_a_stop_closes_both(lines: Sequence[Line], model_server: ModelServer, second_server: ModelServer) -> None:
    model_server.default = second_server.default = SlowHeaders(60)
    cancellation, ended = Cancellation(), threading.Event()

    def ask() -> None:
        with pytest.raises(Cancelled):
            list(lines[0].stream(MESSAGES, cancellation))
        ended.set()

    threading.Thread(target=ask).start()
    end = time.monotonic() + PATIENCE_S
    while not second_server.requests and time.monotonic() < end:
        time.sleep(0.02)
    cancellation.cancel()
    assert ended.wait(PATIENCE_S)
    assert model_server.requests[0].wait_closed(PATIENCE_S)
    assert second_server.requests[0].wait_closed(PATIENCE_S)


def test_leaving_closes_the_request(lines: Sequence[Line], model_server: ModelServer) -> None:
    model_server.default = Endless()
    pieces = lines[0].stream(MESSAGES, Cancellation())
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert model_server.requests[0].wait_closed(PATIENCE_S)


def test_one_model_alone_needs_no_help(line_at: Callable[..., Line], model_server: ModelServer) -> None:
    alone = [line_at(model_server.url)]
    assert hedged(alone) is alone


def test_the_usual_time_is_that_of_nineteen_in_twenty() -> None:
    assert Pace([1000.0 * n for n in range(1, 21)]).usual_s == 20
    assert Pace([700.0] * 40 + [9000.0]).usual_s == pytest.approx(0.7)
    assert Pace([1.0] * 20).usual_s == pace.SHORTEST_S
    assert Pace([1.0] * 4).usual_s == pace.UNKNOWN_S


def test_neither_of_two_models_outside_is_sent_personal_data(
    line_at: Callable[..., Line],
    model_server: ModelServer,
    second_server: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pace, "UNKNOWN_S", 0.25)
    model_server.default = SlowHeaders(60)
    lines = hedged([line_at(model_server.url, outside="yes"), line_at(second_server.url, "second", outside="yes")])
    list(lines[0].stream([("human", "Is it jo@x.example?")], Cancellation()))
    sent = [server.requests[0].body["messages"][0]["content"] for server in (model_server, second_server)]
    assert ["jo@x" in text for text in sent] == [False, False]
    assert [text.startswith("Is it EMAIL") for text in sent] == [True, True]
