"""One chat model over HTTP: what it asks, what it gives, and each trouble by its kind."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rag.cancellation import Cancellation, Cancelled
from rag.models.chat import ChatModel, Piece
from rag.models.loop import StreamLoop
from rag.models.trouble import ModelTrouble
from rag.settings import Answers, Model
from rag.types import Usage
from tests.model_server import (
    Behaviour,
    CleanCut,
    Cut,
    Endless,
    ModelServer,
    Raw,
    Refuse,
    Reply,
    SlowHeaders,
    Stall,
    Status,
    Thinking,
    ToolCall,
    Unstreamed,
)

MESSAGES = [("system", "Be brief."), ("human", "How late?"), ("ai", "Nine."), ("human", "Sure?")]
PATIENCE_S = 20
BuildModel = Callable[..., ChatModel]


@pytest.fixture
def model_of(model_at: Callable[..., Model]) -> Iterator[BuildModel]:
    """Builds models; their connections are closed at the end."""
    loop = StreamLoop()
    yield lambda url, **changes: ChatModel(model_at(url, **changes), Answers(seed=3, temperature=0.5), loop)
    loop.close()


@pytest.fixture
def model(model_of: BuildModel, model_server: ModelServer) -> ChatModel:
    return model_of(model_server.url)


def said(model: ChatModel, cancellation: Cancellation | None = None) -> list[Piece]:
    return list(model.stream(MESSAGES, cancellation or Cancellation()))


def trouble(model: ChatModel) -> str:
    with pytest.raises(ModelTrouble) as raised:
        said(model)
    return raised.value.kind


def test_text_comes_in_pieces_and_usage_at_the_end(model: ChatModel, model_server: ModelServer) -> None:
    model_server.enqueue(Reply("Until nine in the evening."))
    pieces = said(model)
    assert "".join(piece.text for piece in pieces) == "Until nine in the evening."
    assert len(pieces) > 3
    assert [piece.usage for piece in pieces if piece.usage] == [Usage(6, 5)]


def test_a_server_that_does_not_count_is_no_trouble(model: ChatModel, model_server: ModelServer) -> None:
    model_server.enqueue(Reply("Nine.", usage=False))
    assert [piece.usage for piece in said(model) if piece.usage] == []


def test_a_chunk_may_leave_its_delta_out(model: ChatModel, model_server: ModelServer) -> None:
    """As those of content filters that run beside the answer."""
    chunks = ('{"delta": {"content": "Nine."}}', '{"content_filter_results": {}}', '{"finish_reason": "stop"}')
    body = "".join(f'data: {{"choices": [{chunk}]}}\n\n' for chunk in chunks)
    model_server.enqueue(Raw(body.replace('"stop"', '"stop", "delta": {}').encode()))
    assert "".join(piece.text for piece in said(model)) == "Nine."


def test_the_request_is_the_one_that_was_meant(model: ChatModel, model_server: ModelServer) -> None:
    list(model.stream(MESSAGES, Cancellation(), schema={"type": "json_object"}))
    body = model_server.requests[0].body
    assert [message["role"] for message in body["messages"]] == ["system", "user", "assistant", "user"]
    assert (body["model"], body["seed"], body["temperature"], body["stream"]) == ("test-model", 3, 0.5, True)
    assert body["response_format"] == {"type": "json_object"}
    assert body["stream_options"] == {"include_usage": True}
    assert body.get("max_tokens") or body.get("max_completion_tokens")


def test_the_key_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, model_of: BuildModel, model_server: ModelServer
) -> None:
    monkeypatch.setenv("OTHER_KEY", "sk-1")
    said(model_of(model_server.url, api_key_env="OTHER_KEY"))
    assert model_server.requests[0].headers["authorization"] == "Bearer sk-1"


TROUBLES = {
    "401": (Status(401), "model_unauthorized"),
    "403": (Status(403), "model_unauthorized"),
    "404": (Status(404), "model_unreachable"),
    "408": (Status(408), "model_timeout"),
    "400": (Status(400), "model_refused"),
    "429": (Status(429, retry_after=600), "model_rate_limited"),
    "quota": (Status(429, error_code="insufficient_quota"), "model_rate_limited"),
    "500": (Status(500), "model_error"),
    "503": (Status(503), "model_error"),
    "504": (Status(504), "model_timeout"),
    "closed at once": (Refuse(), "model_unreachable"),
    "cut": (Cut("Until"), "model_cut"),
    "cut cleanly": (CleanCut("Until"), "model_cut"),
    "no text at all": (Raw(b""), "model_garbled"),
    "no event stream": (Raw(b"<html>Welcome</html>"), "model_garbled"),
    "no JSON": (Raw(b"data: rubbish\n\n"), "model_garbled"),
    "no UTF-8": (Raw(b'data: {"choices": "\xff\xfe"}\n\n'), "model_garbled"),
    "an error in the stream": (Raw(b'data: {"error": {"message": "overloaded"}}\n\n'), "model_error"),
    "an error under status 200": (Raw(b'{"error": "overloaded"}', "application/json"), "model_error"),
    "a limit under status 200": (
        Raw(b'{"error": {"message": "Wait.", "code": "rate_limit_exceeded"}}', "application/json"),
        "model_rate_limited",
    ),
    "JSON instead of a stream": (Raw(b'{"choices": []}', "application/json"), "model_garbled"),
    "broken JSON instead of a stream": (Raw(b'{"choices', "application/json"), "model_garbled"),
    "a number": (Raw(b"data: 5\n\n"), "model_garbled"),
    "a list": (Raw(b"data: []\n\n"), "model_garbled"),
    "choices of nothing": (Raw(b'data: {"choices": [null]}\n\n'), "model_garbled"),
    "choices of another kind": (Raw(b'data: {"choices": "no"}\n\n'), "model_garbled"),
    "no delta": (Raw(b'data: {"choices": [{"delta": null}]}\n\n'), "model_garbled"),
    "a delta of another kind": (Raw(b'data: {"choices": [{"delta": 5, "index": 0}]}\n\n'), "model_garbled"),
}


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")  # openai's types, filled with rubbish
@pytest.mark.parametrize(("behaviour", "kind"), TROUBLES.values(), ids=TROUBLES)
def test_each_trouble_has_its_kind(
    model: ChatModel, model_server: ModelServer, behaviour: Behaviour, kind: str
) -> None:
    model_server.enqueue(behaviour)
    assert trouble(model) == kind
    assert len(model_server.requests) == 1


@pytest.mark.parametrize("broken_off", [CleanCut, Cut], ids=["cleanly", "in a chunk"])
def test_what_is_whole_json_is_whole_although_nobody_said_that_it_is_the_end(
    model: ChatModel, model_server: ModelServer, broken_off: type[CleanCut] | type[Cut]
) -> None:
    model_server.default = broken_off('{"answer": "Nine."}')
    pieces = list(model.stream(MESSAGES, Cancellation(), schema={"type": "json_object"}))
    assert ("".join(piece.text for piece in pieces), pieces[-1].finish) == ('{"answer": "Nine."}', "stop")
    assert trouble(model) == "model_cut"  # where no JSON was asked for, nobody can know


def test_a_server_that_is_not_there_is_unreachable(model_of: BuildModel) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert trouble(model_of(f"http://127.0.0.1:{port}/v1")) == "model_unreachable"


@pytest.mark.parametrize("behaviour", [SlowHeaders(60), SlowHeaders(60, half=True), Stall("Until", 60)], ids=str)
def test_a_silent_server_is_given_up_and_its_request_closed(
    model_of: BuildModel, model_server: ModelServer, behaviour: Behaviour
) -> None:
    model_server.default = behaviour
    assert trouble(model_of(model_server.url, first_token_timeout_s=0.5, stall_timeout_s=0.3)) == "model_timeout"
    assert model_server.requests[0].wait_closed(PATIENCE_S)


def test_a_model_works_again_after_trouble(model: ChatModel, model_server: ModelServer) -> None:
    model_server.enqueue(Status(500), Cut("Until"), Reply("Nine."))
    assert [trouble(model), trouble(model)] == ["model_error", "model_cut"]
    assert "".join(piece.text for piece in said(model)) == "Nine."


def test_a_tool_call_is_an_answer_without_words(model: ChatModel, model_server: ModelServer) -> None:
    model_server.enqueue(ToolCall())
    assert "".join(piece.text for piece in said(model)) == ""


@pytest.mark.parametrize("behaviour", [SlowHeaders(60), SlowHeaders(60, half=True), Stall("Until", 60)], ids=str)
def test_a_stop_closes_the_request_at_once_even_before_headers(
    model: ChatModel, model_server: ModelServer, behaviour: Behaviour
) -> None:
    model_server.default = behaviour
    cancellation, ended = Cancellation(), threading.Event()

    def read() -> None:
        with pytest.raises(Cancelled):
            said(model, cancellation)
        ended.set()

    thread = threading.Thread(target=read)
    thread.start()
    while not model_server.requests:
        ended.wait(0.01)
    cancellation.cancel()
    assert ended.wait(PATIENCE_S)
    thread.join()
    assert model_server.requests[0].wait_closed(PATIENCE_S)


@pytest.mark.parametrize("attempt", range(10))
def test_a_stop_in_a_fast_stream_closes_the_request(model: ChatModel, model_server: ModelServer, attempt: int) -> None:
    """langchain's own time limit swallowed one stop in about fifty that came together with a chunk."""
    model_server.default = Endless(delay_s=0)
    cancellation = Cancellation()
    pieces = model.stream(MESSAGES, cancellation)
    for _ in range(3 + attempt):
        next(pieces)
    cancellation.cancel()
    with pytest.raises(Cancelled):
        next(pieces)
    assert model_server.requests[0].wait_closed(PATIENCE_S)


def test_leaving_a_stream_closes_the_request(model: ChatModel, model_server: ModelServer) -> None:
    model_server.default = Endless()
    pieces = model.stream(MESSAGES, Cancellation())
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert model_server.requests[0].wait_closed(PATIENCE_S)


def test_reasoning_in_a_field_of_its_own_is_no_text(model: ChatModel, model_server: ModelServer) -> None:
    for field in ("reasoning_content", "reasoning"):
        model_server.enqueue(Thinking(3, field))  # type: ignore[arg-type]
        pieces = said(model)
        assert "hm" not in "".join(piece.text for piece in pieces)
        assert "".join(piece.thought for piece in pieces) == "hm hm hm "


def test_parts_that_tell_their_kind_are_text_and_reasoning(model: ChatModel, model_server: ModelServer) -> None:
    """As Mistral sends them."""
    parts = [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}, {"type": "text", "text": "Nine."}]
    delta = {"delta": {"role": "assistant", "content": parts}, "index": 0, "finish_reason": "stop"}
    model_server.enqueue(Raw(f"data: {json.dumps({'choices': [delta]})}\n\n".encode()))
    (piece,) = said(model)
    assert (piece.text, piece.thought, piece.finish) == ("Nine.", "Hm.", "stop")


def test_a_refusal_is_a_filter(model: ChatModel, model_server: ModelServer) -> None:
    """As OpenAI's models refuse where a schema is asked for."""
    delta = {"delta": {"role": "assistant", "content": None, "refusal": "I cannot."}, "index": 0}
    end = {"delta": {}, "index": 0, "finish_reason": "stop"}
    body = "".join(f"data: {json.dumps({'choices': [choice]})}\n\n" for choice in (delta, end))
    model_server.enqueue(Raw(body.encode()))
    pieces = said(model)
    assert (pieces[0].finish, "".join(piece.text for piece in pieces)) == ("content_filter", "")


@pytest.mark.parametrize(
    ("inner", "text", "thought", "call"),
    [
        (Reply("Nine."), "Nine.", "", ""),
        (Thinking(2), "{", "hm hm ", ""),
        (ToolCall(arguments='{"a": 1}'), "", "", "{"),
    ],
    ids=str,
)
def test_a_completion_sent_whole_is_read_as_well(
    model: ChatModel, model_server: ModelServer, inner: Any, text: str, thought: str, call: str
) -> None:
    model_server.enqueue(Unstreamed(inner))
    pieces = said(model)
    assert "".join(piece.text for piece in pieces).startswith(text)
    assert "".join(piece.thought for piece in pieces) == thought
    assert "".join(piece.call for piece in pieces).startswith(call)
    assert pieces[-1].finish in ("stop", "tool_calls")
    assert sum((piece.usage for piece in pieces if piece.usage), Usage()).output_tokens
