"""What somebody sends who means no good, to the running app: errors in OpenAI's form, and nothing in its log."""

import json
import socket
from typing import Any

import httpx
import pytest

from tests.api.asking import CHAT, body
from tests.programs.conftest import QUESTION, Serving

FEEDBACK = "/v1/feedback"
NUL, LONE, BIDI = "a\0b", '"\\ud800"', "\u202e\u2066 x \ufeff"
JSON = {"content-type": "application/json"}


def send(serving: Serving, content: bytes, path: str = CHAT, **headers: str) -> httpx.Response:
    return httpx.post(serving.url + path, content=content, headers=JSON | headers, timeout=60)


def told(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of an error, which has OpenAI's form."""
    said = answer.json()["error"]
    assert set(said) == {"message", "type", "param", "code"}
    return answer.status_code, said["code"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[" * 200_000, (400, "invalid_json")),
        (b'{"a":' * 40_000 + b"1" + b"}" * 40_000, (400, "invalid_json")),
        (b'{"messages": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", (400, "invalid_json")),
        (b'{"model": ' + LONE.encode() + b"}", (400, "invalid_json")),
        (b'{"model": "\xff"}', (400, "invalid_json")),
        (b'{"model": "a\0"}', (400, "invalid_json")),
        (b"\0" * 1000, (400, "invalid_json")),
        (b"x" * 10_000_000, (413, "request_too_large")),
        (json.dumps(body("x" * 10_000_000)).encode(), (413, "request_too_large")),
        (json.dumps(body(n=2)).encode(), (400, "invalid_value")),
        (json.dumps(body(n=10**30)).encode(), (400, "invalid_value")),
        (b'{"n": ' + b"9" * 10_000 + b"}", (400, "invalid_json")),
        (json.dumps(body(model="m\0" * 5_000)).encode(), (404, "model_not_found")),
        (json.dumps(body(messages=[{"role": "user"}] * 5_000)).encode(), (400, "invalid_value")),
        (json.dumps(body(footnote={"conversation_id": NUL})).encode(), (404, "not_found")),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value[1],
)
def test_what_cannot_be_taken_is_told(serving: Serving, content: bytes, expected: tuple[int, str]) -> None:
    assert told(send(serving, content)) == expected


@pytest.mark.parametrize(
    "more",
    [
        {"max_tokens": 10**18, "max_completion_tokens": -1, "temperature": "hot", "seed": 1e300},
        {"tools": [{"type": "function", "function": {"name": "x" * 1000}}], "tool_choice": "auto"},
        {"nobody": {"knows": [NUL, None, 1e-300, {}]}, "": 5, "__proto__": {"a": 1}},
        {"user": NUL + BIDI, "footnote": {"tags": [NUL, BIDI, "' OR 1=1 --"], "more": []}},
        {"messages": [{"role": "user", "content": NUL + BIDI + QUESTION, "name": "\0"}]},
        {"messages": [{"role": "tool", "content": None}] * 1_999 + [{"role": "user", "content": QUESTION}]},
        {"messages": [{"role": "user", "content": '" OR NEAR(a* b) AND "'}]},
    ],
)
def test_what_is_odd_but_can_be_answered_is_answered(serving: Serving, more: dict[str, Any]) -> None:
    answer = send(serving, json.dumps({**body(QUESTION, user="odd"), **more}).encode())

    assert answer.status_code == 200, answer.text
    assert answer.json()["footnote"]["status"] in ("answered", "not_found")


@pytest.mark.parametrize(
    "said",
    [
        {"answer_id": 2**63, "rating": 1},
        {"answer_id": "2", "rating": 1},
        {"answer_id": 2, "rating": 5},
        {"answer_id": 2, "rating": 1, "comment": "x" * 20_000},
        {"answer_id": 2, "rating": 1, "reasons": ["a"] * 50},
        {"answer_id": 2**62, "rating": 1},
        {"trace_id": NUL, "rating": 1},
        {"rating": 1},
    ],
)
def test_feedback_that_cannot_be_taken_is_told(serving: Serving, said: dict[str, Any]) -> None:
    assert told(send(serving, json.dumps(said).encode(), FEEDBACK))[0] in (400, 404)


def test_odd_words_in_feedback_are_kept_as_they_are(serving: Serving) -> None:
    own = send(serving, json.dumps(body("", user="odd")).encode()).json()["footnote"]["answer_id"]
    said = {"answer_id": own, "user": "odd", "rating": -1, "comment": BIDI + "<script>", "correction": "' --"}
    given = send(serving, json.dumps(said).encode(), FEEDBACK).json()

    assert (given["rating"], given["correction"]) == (-1, "' --")
    assert "<script>" in given["comment"]


@pytest.mark.parametrize("key", ["fn-\udcff", "fn-" + "x" * 50_000, "fn-' OR 1=1", "fn-", "fn-\x7f"])
def test_odd_keys_open_nothing(serving: Serving, key: str) -> None:
    header = {b"authorization": b"Bearer " + key.encode("utf-8", "surrogateescape")}

    assert httpx.get(f"{serving.base_url}/models", headers=header).status_code in (400, 401)


@pytest.mark.parametrize(
    ("raw", "statuses"),
    [
        (b"GARBAGE\r\n\r\n", (400,)),
        (b"\x16\x03\x01\x02\x00\x01\x00", (400,)),
        (b"GET /v1/models HTTP/9.9\r\n\r\n", (400,)),
        (b"GET /v1/models HTTP/1.1\r\n\r\n", (401,)),  # to no name of this machine
        (b"GET /v1/%00%ff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", (400, 404)),
        (b"GET http://[ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", (400,)),
        (b"GET /v1/../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", (400, 404)),
        (b"POST /v1/feedback HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n", (400,)),
        (b"POST /v1/feedback HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n\r\n", (400,)),
        (b"GET /api/health HTTP/1.1\r\nX-Long: " + b"a" * 70_000 + b"\r\n\r\n", (431,)),
    ],
)
def test_what_is_hardly_http_ends_with_a_status(serving: Serving, raw: bytes, statuses: tuple[int, ...]) -> None:
    host, _, port = serving.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(raw)
        assert int(connection.recv(65_536).split()[1]) in statuses


def test_it_answers_as_before(serving: Serving) -> None:
    answer = send(serving, json.dumps(body(QUESTION, user="after")).encode())

    assert answer.json()["footnote"]["status"] == "answered"
    assert httpx.get(f"{serving.url}/api/ready").json()["ready"]
