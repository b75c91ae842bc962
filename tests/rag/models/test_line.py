"""A line: tries that help, limits, places, what goes into the model's health, what is told and noted."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from math import inf

import pytest

from rag.cancellation import Cancellation, Cancelled
from rag.models import places
from rag.models.chat import Piece
from rag.models.health import HealthBook
from rag.models.line import Line
from rag.models.trouble import ModelTrouble
from rag.types import Usage
from store.records import CallRecord, Purpose
from tests.model_server import (
    Behaviour,
    CleanCut,
    Cut,
    Endless,
    Erring,
    HugeLine,
    ModelServer,
    Raw,
    Refuse,
    Reply,
    SlowHeaders,
    Stall,
    Status,
    Thinking,
)

MESSAGES = [("human", "How late?")]
PATIENCE_S = 20
BuildLine = Callable[..., Line]


@pytest.fixture
def line(line_at: BuildLine, model_server: ModelServer) -> Line:
    return line_at(model_server.url, tries=3, failures_to_rest=2)


def asked(line: Line, purpose: Purpose = "answer", patience_s: float = inf) -> Iterator[Piece]:
    return line.stream(MESSAGES, Cancellation(), purpose=purpose, patience_s=patience_s)


def said(line: Line, **how: object) -> str:
    return "".join(piece.text for piece in asked(line, **how))  # type: ignore[arg-type]


def trouble(line: Line, **how: object) -> ModelTrouble:
    with pytest.raises(ModelTrouble) as raised:
        said(line, **how)
    return raised.value


# tries

PASSING = {
    **{str(status): Status(status) for status in (408, 409, 425, 429, 500, 502, 503, 504)},
    "with a moment's wait": Status(429, retry_after=0.01),
    "closed": Refuse(),
    "cut before a word": CleanCut(""),
}
LASTING = {
    **{str(status): Status(status) for status in (400, 401, 402, 403, 404, 413, 422)},
    "no quota": Status(429, error_code="insufficient_quota"),
    "with a long wait": Status(429, retry_after=60),
    "until a far date": Status(503, retry_after=format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)),
    "cut after a word": Cut("Nine"),
    "an error after a word": Erring("Nine"),
    "garbled": Raw(b"data: rubbish\n\n"),
}


@pytest.mark.parametrize("behaviour", PASSING.values(), ids=PASSING)
def test_what_can_pass_by_itself_is_tried_again(
    line: Line, model_server: ModelServer, kept: list[CallRecord], behaviour: Behaviour
) -> None:
    model_server.enqueue(behaviour, Reply("Nine."))
    assert said(line) == "Nine."
    assert (len(model_server.requests), kept[0].attempts, kept[0].problem) == (2, 2, None)


@pytest.mark.parametrize("behaviour", LASTING.values(), ids=LASTING)
def test_what_trying_again_does_not_help_is_asked_once(
    line: Line, model_server: ModelServer, behaviour: Behaviour
) -> None:
    model_server.default = behaviour
    trouble(line)
    assert len(model_server.requests) == 1


def test_there_are_no_more_tries_than_set(line: Line, model_server: ModelServer, kept: list[CallRecord]) -> None:
    model_server.default = Status(500)
    assert trouble(line).kind == "model_error"
    assert (len(model_server.requests), kept[0].attempts, kept[0].problem) == (3, 3, "model_error")


def test_all_tries_together_have_the_time_of_one(line_at: BuildLine, model_server: ModelServer) -> None:
    model_server.enqueue(Status(503))
    model_server.default = SlowHeaders(60)
    line = line_at(model_server.url, tries=5, first_token_timeout_s=0.6)
    began = time.monotonic()
    assert trouble(line).kind == "model_timeout"
    assert time.monotonic() - began < PATIENCE_S
    assert len(model_server.requests) <= 2


def test_a_wait_that_would_take_all_the_time_is_not_begun(line_at: BuildLine, model_server: ModelServer) -> None:
    model_server.default = Status(429, retry_after=3)
    assert trouble(line_at(model_server.url, tries=3, first_token_timeout_s=2)).kind == "model_rate_limited"
    assert len(model_server.requests) == 1


def test_a_stop_ends_the_wait_for_another_try(line: Line, model_server: ModelServer) -> None:
    model_server.default = Status(429, retry_after=4.5)
    cancellation = Cancellation()
    threading.Timer(0.2, cancellation.cancel).start()
    with pytest.raises(Cancelled):
        list(line.stream(MESSAGES, cancellation))
    assert len(model_server.requests) == 1


# limits


@pytest.mark.parametrize("field", ["reasoning", "reasoning_content"])
def test_reasoning_is_life_and_is_not_shown(line_at: BuildLine, model_server: ModelServer, field: str) -> None:
    model_server.default = Thinking(words=12, delay_s=0.2, chunk_size=400, reasoning_field=field)  # type: ignore[arg-type]
    text = said(line_at(model_server.url, first_token_timeout_s=1.5, stall_timeout_s=1.5))
    assert "answer" in text
    assert "hm" not in text


def test_reasoning_counts_where_the_server_does_not(
    line_at: BuildLine, model_server: ModelServer, kept: list[CallRecord]
) -> None:
    for words in (0, 400):
        model_server.enqueue(Thinking(words, usage=False))
        said(line_at(model_server.url))
    brief, long = kept
    assert brief.estimated
    assert long.output_tokens - brief.output_tokens == 300  # 1,200 characters


@pytest.mark.parametrize(
    "behaviour",
    [
        Thinking(words=10_000, delay_s=0.02),
        Endless(),
        Endless(delay_s=0),
        Raw(b'data: {"choices": [{"index": 0, "delta": {}}]}\n\n' * 10_000),
    ],
    ids=["reasoning", "talking", "talking fast", "empty"],
)
def test_nothing_is_endless(line_at: BuildLine, model_server: ModelServer, behaviour: Behaviour) -> None:
    model_server.default = behaviour
    line = line_at(model_server.url, total_timeout_s=0.7)
    assert trouble(line).kind in ("model_timeout", "model_garbled", "model_cut")
    assert model_server.requests[0].wait_closed(PATIENCE_S) or isinstance(behaviour, Raw)


def test_more_text_than_max_tokens_can_be_is_cut(line_at: BuildLine, model_server: ModelServer) -> None:
    model_server.default = Endless(delay_s=0)
    assert trouble(line_at(model_server.url, max_tokens=20)).kind == "model_garbled"
    assert model_server.requests[0].wait_closed(PATIENCE_S)


def test_a_line_without_an_end_is_not_kept_in_memory(line_at: BuildLine, model_server: ModelServer) -> None:
    model_server.default = HugeLine()
    assert trouble(line_at(model_server.url)).kind == "model_garbled"
    assert model_server.requests[0].wait_closed(PATIENCE_S)


def test_a_first_chunk_without_words_is_no_first_word(line_at: BuildLine, model_server: ModelServer) -> None:
    model_server.default = Stall("", 60)
    line = line_at(model_server.url, first_token_timeout_s=0.4, stall_timeout_s=PATIENCE_S)
    assert trouble(line).kind == "model_timeout"


def test_a_stream_that_breaks_after_its_end_is_whole(line: Line, model_server: ModelServer) -> None:
    chunk = b'data: {"choices": [{"index": 0, "delta": {"content": "Nine."}, "finish_reason": "stop"}]}\n\n'
    model_server.default = Raw(chunk + b"data: rubbish\n\n")
    assert said(line) == "Nine."


@pytest.mark.parametrize("finish", ["length", "tool_calls"])
def test_why_it_ended_is_handed_on(line: Line, model_server: ModelServer, finish: str) -> None:
    model_server.default = Reply("Ni", finish_reason=finish)  # type: ignore[arg-type]
    assert [piece.finish for piece in asked(line) if piece.finish] == [finish]


def test_what_a_filter_held_back_is_trouble_that_says_nothing_about_the_model(
    line: Line, model_server: ModelServer, kept: list[CallRecord], book: HealthBook
) -> None:
    model_server.default = Reply("Ni", finish_reason="content_filter")
    assert trouble(line).kind == "model_filtered"
    assert (kept[0].problem, kept[0].output_tokens, kept[0].estimated) == ("model_filtered", 1, False)
    assert book.of("first").failures == 0


# places


def test_who_finds_no_place_is_told_so(
    line_at: BuildLine, model_server: ModelServer, kept: list[CallRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "WAIT_S", 0.1)
    model_server.default = Endless()
    line = line_at(model_server.url, at_once=1)
    first = asked(line)
    next(first)
    assert trouble(line).kind == "model_busy"
    first.close()  # type: ignore[attr-defined]
    assert next(asked(line)).text
    assert [(record.problem, record.attempts) for record in kept[:2]] == [("model_busy", 0), (None, 1)]


# health


def test_failures_in_a_row_make_it_rest_without_another_request(line: Line, model_server: ModelServer) -> None:
    model_server.default = Status(404)
    kinds = [trouble(line).kind for _ in range(3)]
    assert kinds == ["model_unreachable", "model_unreachable", "model_resting"]
    assert (len(model_server.requests), line.is_open) == (2, False)


@pytest.mark.parametrize("behaviour", [Status(413), Status(400), Status(400, error_code="content_filter")], ids=str)
def test_what_a_question_is_to_blame_for_does_not(line: Line, model_server: ModelServer, behaviour: Behaviour) -> None:
    model_server.default = behaviour
    assert "model_resting" not in [trouble(line).kind for _ in range(4)]


def test_a_stop_says_nothing_about_the_model(line: Line, model_server: ModelServer, book: HealthBook) -> None:
    model_server.default = Endless()
    for _ in range(3):
        pieces = asked(line)
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]
    assert book.of("first").failures == 0


def test_impatience_is_not_the_models_fault(line: Line, model_server: ModelServer, book: HealthBook) -> None:
    model_server.default = SlowHeaders(60)
    assert trouble(line, patience_s=0.2).kind == "model_timeout"
    assert book.of("first").failures == 0


def test_after_its_rest_one_probe_closes(line_at: BuildLine, model_server: ModelServer, book: HealthBook) -> None:
    model_server.enqueue(Status(404))
    line = line_at(model_server.url, failures_to_rest=1, rest_s=0.3)
    trouble(line)
    while not line.is_open:
        time.sleep(0.02)
    assert book.of("first").state == "open"
    assert said(line)
    assert book.of("first").state == "closed"


def test_a_rewriting_is_no_probe(line_at: BuildLine, model_server: ModelServer) -> None:
    model_server.enqueue(Status(404))
    line = line_at(model_server.url, failures_to_rest=1, rest_s=0.05)
    trouble(line)
    while not line.is_open:
        time.sleep(0.02)
    assert trouble(line, purpose="rewrite").kind == "model_resting"
    assert len(model_server.requests) == 1


def test_while_one_probes_nobody_else_asks(line_at: BuildLine, model_server: ModelServer, book: HealthBook) -> None:
    model_server.enqueue(Status(404))
    line = line_at(model_server.url, failures_to_rest=1, rest_s=0.05)
    trouble(line)
    while not line.is_open:
        time.sleep(0.02)
    probe = asked(line)
    next(probe)
    assert trouble(line).kind == "model_resting"
    probe.close()  # type: ignore[attr-defined]
    assert book.of("first").state == "open"
    assert said(line)


def test_answers_of_no_use_make_it_rest_too(line: Line, book: HealthBook) -> None:
    for _ in range(2):
        assert said(line)
        line.judged("model_garbled")
    assert (line.is_open, book.of("first").last_problem) == (False, "model_garbled")


def test_an_answer_of_use_makes_up_for_one_of_none(line: Line, book: HealthBook) -> None:
    line.judged("model_empty")
    assert said(line)
    line.judged(None)
    assert book.of("first").failures == 0


# what it cost


def ended(line: Line, how: str) -> None:
    cancellation = Cancellation()
    pieces = line.stream(MESSAGES, cancellation)
    if how == "left":
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]
    elif how == "stopped":
        next(pieces)
        cancellation.cancel()
        with pytest.raises(Cancelled):
            list(pieces)
    else:
        list(pieces)


@pytest.mark.parametrize("how", ["whole", "left", "stopped"])
def test_the_cost_is_told_once_however_it_ended(line_at: BuildLine, model_server: ModelServer, how: str) -> None:
    model_server.default = Reply("Until nine in the evening.")
    line = line_at(model_server.url, usd_per_million_input=1, usd_per_million_output=2)
    told: list[Usage] = []
    stream = line.stream
    line.stream = lambda *given, **more: stream(*given, **more, spend=told.append)  # type: ignore[method-assign]
    ended(line, how)
    assert len(told) == 1
    assert how != "whole" or told == [Usage(2, 5, 12e-6)]


def test_the_cost_is_told_once_after_trouble(line: Line, model_server: ModelServer) -> None:
    model_server.default = Status(500)
    told: list[Usage] = []
    with pytest.raises(ModelTrouble):
        list(line.stream(MESSAGES, Cancellation(), spend=told.append))
    assert len(told) == 1


def test_a_request_is_noted_with_its_times_and_tokens(
    line: Line, model_server: ModelServer, kept: list[CallRecord]
) -> None:
    model_server.default = Reply("Until nine.", first_delay_s=0.05)
    said(line, purpose="again")
    (record,) = kept
    assert (record.model, record.purpose, record.problem, record.input_tokens, record.output_tokens) == (
        ("first", "again", None, 2, 2)
    )
    assert record.first_ms
    assert 40 < record.first_ms <= record.total_ms


def test_tokens_that_are_told_with_every_chunk_are_counted_once(line: Line, model_server: ModelServer) -> None:
    """Some servers tell the sum until then with each chunk; some what was read first and what was said at the end."""
    chunk = 'data: {"choices": [{"index": 0, "delta": {"content": "Nine."}, "finish_reason": %s}], "usage": %s}\n\n'
    told = [{"prompt_tokens": 40, "completion_tokens": n, "total_tokens": 40 + n} for n in (1, 2, 3)]
    ends = ("null", "null", '"stop"')
    body = "".join(chunk % (end, json.dumps(usage)) for end, usage in zip(ends, told, strict=True))
    model_server.default = Raw((body + "data: [DONE]\n\n").encode())
    paid: list[Usage] = []
    list(line.stream([("human", "?")], Cancellation(), spend=paid.append))
    assert [(one.input_tokens, one.output_tokens, one.estimated) for one in paid] == [(40, 3, False)]
