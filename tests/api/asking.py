"""Requests in OpenAI's form, and what comes back, for tests."""

import json
from typing import Any

from httpx import Response
from starlette.testclient import TestClient

from tests.rag.answering import HOTEL

CHAT = "/v1/chat/completions"


def body(question: str = HOTEL, **more: Any) -> dict[str, Any]:
    return {"model": "footnote", "messages": [{"role": "user", "content": question}]} | more


def ask(client: TestClient, question: str = HOTEL, **more: Any) -> dict[str, Any]:
    """A whole answer."""
    response = client.post(CHAT, json=body(question, **more))
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def chunks(response: Response) -> list[dict[str, Any]]:
    """The chunks of a stream, which must have come to its end."""
    assert response.headers["content-type"].startswith("text/event-stream"), response.text
    lines = [line.removeprefix("data: ") for line in response.text.split("\n\n") if line.startswith("data: ")]
    assert lines[-1] == "[DONE]"
    return [json.loads(line) for line in lines[:-1]]


def text_of(found: list[dict[str, Any]]) -> str:
    return "".join(c["delta"].get("content") or "" for chunk in found for c in chunk["choices"])


def error(response: Response) -> tuple[int, str]:
    """Status and code; the error has OpenAI's form."""
    said = response.json()["error"]
    assert set(said) == {"message", "type", "param", "code"}
    return response.status_code, said["code"]
