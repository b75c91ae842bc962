"""What programs send, also when it is wrong, huge or hostile."""

import json
import random
from typing import Any

import pytest
from starlette.testclient import TestClient

from rag.house import House
from rag.settings import Api
from tests.api.asking import CHAT, body, error
from tests.api.conftest import ClientOf
from tests.conftest import BuildHouse

JSON = {"content-type": "application/json"}
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}}


def with_content(content: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": content}]}


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"messages": []}, "messages", "at least 1 item"),
    ({"messages": "hello"}, "messages", "valid array"),
    ({"messages": None}, "messages", "valid array"),
    ({"messages": [{"content": "x"}]}, "messages[0].role", "field required"),
    ({"messages": [{"role": "robot", "content": "x"}]}, "messages[0].role", "input should be 'user'"),
    ({"messages": [{"role": "assistant", "content": "x"}]}, "messages", "must be the user's question"),
    ({"messages": [{"role": "system", "content": "x"}]}, "messages", "must be the user's question"),
    (with_content(5), "messages[0].content", "valid string"),
    (with_content([IMAGE]), "messages[0].content[0].type", "no images"),
    (with_content([{"type": "text", "text": 5}]), "messages[0].content[0].text", "valid string"),
    ({"model": 5}, "model", "valid string"),
    ({"n": 2}, "n", "n must be 1"),
    ({"stream": "yes"}, "stream", "valid boolean"),
    ({"user": "x" * 300}, "user", "at most 256 characters"),
    ({"tool_choice": "required"}, "tool_choice", "tools are never called"),
    ({"response_format": {"type": "json_object"}}, "response_format", "answers are text"),
    ({"footnote": {"tags": "a"}}, "footnote.tags", "valid array"),
    ({"footnote": {"tags": [""]}}, "footnote.tags[0]", "at least 1 character"),
    ({"footnote": 5}, "footnote", "be an object"),
    ({"messages": [{"role": "user"}] * 2001}, "messages", "at most 2000 items"),
]


@pytest.mark.parametrize(("wrong", "param", "words"), WRONG)
def test_a_wrong_field_is_named(client: TestClient, wrong: dict[str, Any], param: str, words: str) -> None:
    answer = client.post(CHAT, json=body() | wrong)

    assert error(answer) == (400, "invalid_value")
    assert answer.json()["error"]["param"] == param
    assert answer.json()["error"]["message"].startswith(f"{param}: ")
    assert words in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null x",
        b'{"model": "footnote", ',
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"a":' * 30_000,
        b'{"a": "\\ud800"}',
    ],
)
def test_what_is_no_json_is_told(client: TestClient, raw: bytes) -> None:
    answer = client.post(CHAT, content=raw, headers=JSON)

    assert error(answer) == (400, "invalid_json")
    assert answer.json()["error"]["message"].startswith("The body cannot be read: ")


@pytest.mark.parametrize("raw", [b"null", b"[]", b"5", b'"x"', b"true"])
def test_json_of_another_shape_is_told(client: TestClient, raw: bytes) -> None:
    assert error(client.post(CHAT, content=raw, headers=JSON)) == (400, "invalid_value")


def test_a_body_may_not_be_larger_than_is_set(client_of: ClientOf, build_house: BuildHouse) -> None:
    client = client_of(build_house(api=Api(max_kilobytes=2)))

    assert error(client.post(CHAT, json=body("x" * 2_000))) == (413, "request_too_large")
    assert client.post(CHAT, json=body("x" * 1_000)).status_code != 413


def test_a_body_of_untold_length_ends_at_the_limit(client_of: ClientOf, build_house: BuildHouse) -> None:
    read = 0

    def endless() -> Any:
        nonlocal read
        while read < 10_000_000:
            read += 1_000
            yield b" " * 1_000

    client = client_of(build_house(api=Api(max_kilobytes=2)))

    assert error(client.post(CHAT, content=endless(), headers=JSON)) == (413, "request_too_large")


def test_fields_that_nobody_knows_are_ignored(client: TestClient) -> None:
    more = {"temperature": 2, "tools": [{"type": "function"}], "store": True, "seed": None, "logit_bias": {}, "n": 1}

    assert client.post(CHAT, json=body(**more)).status_code == 200


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON", None])
def test_json_may_be_called_as_it_is(client: TestClient, kind: str | None) -> None:
    headers = {"content-type": kind} if kind else {}
    assert client.post(CHAT, content=json.dumps(body()).encode(), headers=headers).status_code == 200


def test_whatever_comes_is_answered_plainly(client_of: ClientOf, house: House) -> None:
    """Bytes of a good request, changed at random: never a bug, never a body that is no JSON."""
    chance = random.Random(7)
    good = json.dumps(body("", footnote={"tags": ["a"]}, user="u", n=1, stream=False)).encode()
    client = client_of(house)
    for _ in range(150):
        raw = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(raw))
            raw[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        answer = client.post(CHAT, content=bytes(raw), headers=JSON)

        assert answer.status_code in (200, 400, 404), (bytes(raw), answer.text)
        assert isinstance(answer.json(), dict)
