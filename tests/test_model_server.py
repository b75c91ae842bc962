"""The test model server does what its behaviours say, seen through the real openai client and plain httpx."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from openai import OpenAI, Stream
from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

from tests.model_server import (
    AnswerFromPassages,
    BadQuotes,
    CleanCut,
    ContentFilter,
    Cut,
    Endless,
    Erring,
    Fenced,
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
    find_passages,
)

ROOT = Path(__file__).parents[1]
PROMPT = """Answer from the passages.
<passage-8f3a number="1" title="Travel > Hotels">
# Hotels
A hotel may cost 150 euros a night. Breakfast is included.
</passage-8f3a>
<passage-8f3a number="2" title="Leave">Every employee has 30 days of annual leave. Ask your lead.</passage-8f3a>
Question: How many days of annual leave are there?"""
QUOTE = "Every employee has 30 days of annual leave."


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running


@pytest.fixture
def client(server: ModelServer) -> Iterator[OpenAI]:
    with OpenAI(base_url=server.url, api_key="none", max_retries=0, timeout=5) as client:
        yield client


def messages(content: str = PROMPT) -> list[ChatCompletionMessageParam]:
    return [{"role": "user", "content": content}]


def ask(client: OpenAI, content: str = PROMPT) -> str:
    reply = client.chat.completions.create(model="m", messages=messages(content))
    return reply.choices[0].message.content or ""


def stream(client: OpenAI, **options: Any) -> Stream[ChatCompletionChunk]:
    chunks: Stream[ChatCompletionChunk] = client.chat.completions.create(
        model="m", messages=messages(), stream=True, **options
    )
    return chunks


def joined(chunks: list[ChatCompletionChunk]) -> str:
    return "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)


def read_until_error(chunks: Stream[ChatCompletionChunk], error: type[Exception]) -> str:
    """The text that arrived before the stream failed with `error`."""
    seen: list[ChatCompletionChunk] = []
    with chunks, pytest.raises(error):
        seen.extend(chunks)  # a list keeps what came before the error
    return joined(seen)


def post(server: ModelServer, **body: Any) -> httpx.Response:
    return httpx.post(f"{server.url}/chat/completions", json={"model": "m", "messages": messages(), **body})


def test_reply_streams_its_text_between_a_role_and_a_finish_reason(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(Reply("Grüße, world", chunk_size=4))
    chunks = list(stream(client))
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [chunk.choices[0].delta.content for chunk in chunks[1:-1]] == ["Grüß", "e, w", "orld"]
    assert [chunk.choices[0].finish_reason for chunk in chunks] == [None] * 4 + ["stop"]


def test_a_stream_is_ended_by_done(server: ModelServer) -> None:
    server.enqueue(Reply("hello"))
    response = post(server, stream=True)
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.text.endswith("data: [DONE]\n\n")


def test_reply_without_stream_is_one_completion(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(Reply("two words", finish_reason="length"))
    reply = client.chat.completions.create(model="asked-for", messages=messages("three words here"))
    assert (reply.model, reply.choices[0].message.content) == ("asked-for", "two words")
    assert reply.choices[0].finish_reason == "length"
    assert reply.usage is not None
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (3, 2)


@pytest.mark.parametrize(("asked", "given", "expected"), [(True, True, 5), (False, True, None), (True, False, None)])
def test_usage_is_streamed_when_asked_for(
    server: ModelServer, client: OpenAI, *, asked: bool, given: bool, expected: int | None
) -> None:
    server.enqueue(Reply("one two three four five", usage=given))
    last = list(stream(client, stream_options={"include_usage": asked}))[-1]
    assert (last.usage.completion_tokens if last.usage else None) == expected
    assert bool(last.choices) == (expected is None)


def test_delays_come_before_the_first_chunk_and_between_chunks(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(Reply("abcd", chunk_size=1, delay_s=0.03, first_delay_s=0.15))
    started = time.perf_counter()
    with stream(client) as chunks:
        next(chunks)
        first = time.perf_counter() - started
        list(chunks)
    assert first >= 0.15
    assert time.perf_counter() - started >= 0.15 + 3 * 0.03


def test_the_default_quotes_the_sentence_closest_to_the_question(client: OpenAI) -> None:
    answer = json.loads(joined(list(stream(client))))
    assert answer["answer"] == f"{QUOTE} [2]"
    assert answer["citations"] == [{"passage": 2, "quote": QUOTE}]
    assert answer["answerable"] is True
    assert len(answer["follow_ups"]) == 2


def test_without_passages_nothing_is_answerable(client: OpenAI) -> None:
    answer = json.loads(ask(client, "Question: How many days of leave are there?"))
    assert (answer["answerable"], answer["citations"]) == (False, [])


def test_passages_are_those_of_the_last_message_that_has_some() -> None:
    example = '<passage number="1">An example.</passage>'
    parts = [{"type": "text", "text": "<passage-x1 source=\"a > b\" number='7'>\nThe real one.\n</passage-x1>"}]
    asked: list[dict[str, Any]] = [
        {"role": "user", "content": example},
        {"role": "user", "content": parts},
        {"role": "user", "content": "Again, as JSON."},
    ]
    assert find_passages(asked) == [(7, "The real one.")]


def test_passages_can_be_parsed_in_another_way() -> None:
    with (
        ModelServer(parse_passages=lambda _: [(5, "Leave is long.")]) as server,
        OpenAI(base_url=server.url, api_key="none", max_retries=0) as client,
    ):
        assert json.loads(ask(client, "How long is leave?"))["answer"] == "Leave is long. [5]"


def test_an_error_of_the_server_itself_is_raised_at_the_end() -> None:
    def broken(_: object) -> list[tuple[int, str]]:
        raise LookupError("no such fence")

    def run() -> None:
        with ModelServer(parse_passages=broken) as server, pytest.raises(httpx.RemoteProtocolError):
            post(server)

    with pytest.raises(LookupError, match="no such fence"):
        run()


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (401, openai.AuthenticationError),
        (404, openai.NotFoundError),
        (429, openai.RateLimitError),
        (500, openai.InternalServerError),
        (529, openai.InternalServerError),
    ],
)
def test_status_is_an_error_in_openai_form(
    server: ModelServer, client: OpenAI, code: int, error: type[openai.APIStatusError]
) -> None:
    server.enqueue(Status(code, retry_after=1.5, message="Told to.", error_code="told"))
    with pytest.raises(error, match=r"Told to\.") as caught:
        stream(client)
    assert caught.value.code == "told"
    assert caught.value.response.headers["retry-after"] == "1.5"


def test_refuse_closes_without_a_byte(server: ModelServer) -> None:
    server.enqueue(Refuse())
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        post(server, stream=True)


@pytest.mark.parametrize("half", [False, True])
def test_slow_headers_come_late_and_the_answer_after_them(server: ModelServer, *, half: bool) -> None:
    server.enqueue(SlowHeaders(0.2, half=half), SlowHeaders(0.2, half=half))
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{server.url}/chat/completions", json={"messages": messages()}, timeout=0.1)
    assert server.requests[0].wait_closed()
    assert QUOTE in post(server).json()["choices"][0]["message"]["content"]


def test_half_headers_are_a_status_line_and_silence(server: ModelServer) -> None:
    server.enqueue(SlowHeaders(5, half=True))
    body = b'{"messages": []}'
    head = b"POST /v1/chat/completions HTTP/1.1\r\ncontent-length: %d\r\n\r\n" % len(body)
    port = httpx.URL(server.url).port
    assert port is not None
    with socket.create_connection(("127.0.0.1", port), timeout=0.2) as connection:
        connection.sendall(head + body)
        assert connection.recv(100) == b"HTTP/1.1 200 OK\r\n"
        with pytest.raises(TimeoutError):
            connection.recv(100)


def test_stall_streams_text_and_falls_silent(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(Stall('{"answer": "The li', seconds=5))
    seen = read_until_error(stream(client, timeout=0.2), httpx.ReadTimeout)
    assert seen == '{"answer": "The li'
    assert server.requests[0].wait_closed()


def test_cut_resets_the_connection_in_the_middle_of_a_chunk(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(Cut('{"answer": "The li'))
    assert read_until_error(stream(client), httpx.ReadError) == '{"answer": "The li'


def test_clean_cut_looks_like_an_end_without_a_finish_reason(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(CleanCut('{"answer": "The li'))
    chunks = list(stream(client))
    assert joined(chunks) == '{"answer": "The li'
    assert not any(choice.finish_reason for chunk in chunks for choice in chunk.choices)


@pytest.mark.parametrize("behaviour", [Stall("x", 0), Cut("x"), CleanCut("x")])
def test_broken_off_without_stream_is_half_a_body(server: ModelServer, behaviour: Stall | Cut | CleanCut) -> None:
    server.enqueue(behaviour)
    with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
        post(server)


def test_raw_is_sent_byte_for_byte(server: ModelServer) -> None:
    body = b'data: \xff\xfe{"choices": []}\n\n' + b"x" * 200_000
    server.enqueue(Raw(body), Raw(b""))
    assert post(server, stream=True).content == body
    assert post(server, stream=True).content == b""


def test_garbage_is_prose(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(Garbage())
    assert ask(client).startswith("Sure!")


def test_wrong_schema_is_json_of_another_shape(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(WrongSchema())
    assert "answer" not in json.loads(ask(client))


def test_bad_quotes_stand_in_no_passage(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(BadQuotes())
    citations = json.loads(ask(client))["citations"]
    assert [citation["passage"] for citation in citations] == [1, 99]
    assert not any(citation["quote"] in PROMPT for citation in citations)


def test_fenced_wraps_what_another_behaviour_says(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(Fenced(Reply("{}")), Fenced())
    assert ask(client) == "```json\n{}\n```"
    assert QUOTE in ask(client)


@pytest.mark.parametrize("streamed", [False, True])
def test_tool_call_calls_a_tool(server: ModelServer, client: OpenAI, *, streamed: bool) -> None:
    server.enqueue(ToolCall(name="look_up", arguments='{"x": 1}'))
    if streamed:
        chunks = list(stream(client))
        calls, finish = chunks[0].choices[0].delta.tool_calls, chunks[-1].choices[0].finish_reason
    else:
        choice = client.chat.completions.create(model="m", messages=messages()).choices[0]
        calls, finish = choice.message.tool_calls, choice.finish_reason  # type: ignore[assignment]
    assert [call.function.name for call in calls or [] if call.function] == ["look_up"]
    assert finish == "tool_calls"


def test_content_filter_stops_with_that_reason(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(ContentFilter())
    assert list(stream(client))[-1].choices[0].finish_reason == "content_filter"


def test_endless_goes_on_until_the_client_closes(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(Endless(delay_s=0))
    with stream(client) as chunks:
        assert all(next(chunks) for _ in range(500))
        assert not server.requests[0].closed_by_client
    assert server.requests[0].wait_closed()


def test_a_response_read_to_its_end_was_not_closed_by_the_client(server: ModelServer, client: OpenAI) -> None:
    list(stream(client))
    assert not server.requests[0].wait_closed()


def test_a_client_that_leaves_during_a_silence_is_noticed(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(Stall("x", seconds=60))
    with stream(client) as chunks:
        next(chunks)
    assert server.requests[0].wait_closed(timeout=1)


def test_one_shot_behaviours_come_in_order_before_the_default(server: ModelServer, client: OpenAI) -> None:
    server.default = Reply("default")
    server.enqueue(Reply("first"), Reply("second"))
    assert [ask(client) for _ in range(4)] == ["first", "second", "default", "default"]


def test_requests_are_recorded(server: ModelServer, client: OpenAI) -> None:
    ask(client, "hello")
    request = server.requests[0]
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.headers["authorization"] == "Bearer none"
    assert request.body["messages"] == messages("hello")


def test_models_lists_one_model_whatever_the_default(server: ModelServer, client: OpenAI) -> None:
    server.default = Status(500)
    assert [model.id for model in client.models.list()] == ["test-model"]


def test_an_unknown_path_is_404_in_openai_form(server: ModelServer) -> None:
    response = httpx.get(f"{server.url}/nowhere")
    assert response.status_code == 404
    assert response.json()["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("body", [b"not json", b"{}", b"[]"])
def test_a_body_without_messages_is_400(server: ModelServer, body: bytes) -> None:
    assert httpx.post(f"{server.url}/chat/completions", content=body).status_code == 400


def test_control_switches_the_default_and_the_queue(server: ModelServer) -> None:
    raw = {"kind": "raw", "body": "/w=="}
    fenced = {"kind": "fenced", "inner": {"kind": "reply", "text": "{}"}}
    stall = {"kind": "stall", "after_text": "x", "seconds": 5, "chunk_size": 1}
    answer = httpx.post(server.control_url, json={"default": stall, "enqueue": [raw, fenced]})
    assert answer.json()["waiting"] == 2
    assert post(server).content == b"\xff"
    assert post(server).json()["choices"][0]["message"]["content"] == "```json\n{}\n```"
    assert server.default == Stall("x", 5, chunk_size=1)


@pytest.mark.parametrize(
    "command",
    [{"defualt": {"kind": "refuse"}}, {"default": {"kind": "sulk"}}, {"default": {"kind": "answer", "delay": 1}}],
)
def test_control_says_what_it_does_not_understand(server: ModelServer, command: dict[str, Any]) -> None:
    answer = httpx.post(server.control_url, json=command)
    assert answer.status_code == 400
    assert "error" in answer.json()
    assert server.default == AnswerFromPassages()


def test_control_shows_the_requests_to_another_process(server: ModelServer, client: OpenAI) -> None:
    ask(client, "hello")
    shown = httpx.get(server.control_url).json()["requests"]
    assert [(request["path"], request["closed_by_client"]) for request in shown] == [("/v1/chat/completions", False)]


def test_many_streams_run_at_once(server: ModelServer, client: OpenAI) -> None:
    server.default = Reply("abcdefgh" * 20, delay_s=0.02)
    started = time.perf_counter()
    with ThreadPoolExecutor(20) as pool:
        texts = list(pool.map(lambda _: joined(list(stream(client))), range(20)))
    assert texts == ["abcdefgh" * 20] * 20
    assert time.perf_counter() - started < 20 * 20 * 0.02 / 2, "they ran one after the other"


def test_a_server_can_stop_in_the_middle_of_answers() -> None:
    with (
        OpenAI(api_key="none", base_url="http://none", max_retries=0, timeout=5) as outer,
        ModelServer(Endless(delay_s=0)) as server,
    ):
        unread = stream(outer.with_options(base_url=server.url))
        next(unread)
    unread.close()
    assert not server.requests[0].closed_by_client


def test_the_process_prints_its_url_and_ends_on_a_signal() -> None:
    command = [sys.executable, "-m", "tests.model_server", "--behaviour", "garbage", "--chunk-size", "3"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with OpenAI(base_url=url, api_key="none", max_retries=0) as client:
            chunks = list(stream(client))
        assert [chunk.choices[0].delta.content for chunk in chunks[1:3]] == ["Sur", "e! "]
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0


def test_an_error_comes_in_the_middle_of_a_stream(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(Erring("The lim"))
    assert read_until_error(stream(client), openai.APIError) == "The lim"


def test_a_chunk_comes_twice(server: ModelServer, client: OpenAI) -> None:
    server.enqueue(Reply("abcdef", chunk_size=2), Stutter(chunk_size=2))
    said = joined(list(stream(client)))
    twice = [chunk.choices[0].delta.content for chunk in stream(client) if chunk.choices]
    assert said == "abcdef"
    assert twice[2] == twice[3]


@pytest.mark.parametrize("field", ["reasoning", "reasoning_content"])
def test_reasoning_has_a_field_of_its_own(server: ModelServer, client: OpenAI, field: Any) -> None:
    server.enqueue(Thinking(words=3, reasoning_field=field))
    chunks = list(stream(client))
    assert [getattr(chunk.choices[0].delta, field, None) for chunk in chunks[1:4]] == ["hm "] * 3
    assert QUOTE in joined(chunks)


def test_a_line_can_be_huge(server: ModelServer) -> None:
    server.enqueue(HugeLine(1_000_000))
    assert len(post(server, stream=True).text) > 900_000


def test_retry_after_can_be_a_date(server: ModelServer) -> None:
    server.enqueue(Status(429, retry_after="Wed, 21 Oct 2026 07:28:00 GMT"))
    assert post(server).headers["retry-after"] == "Wed, 21 Oct 2026 07:28:00 GMT"
