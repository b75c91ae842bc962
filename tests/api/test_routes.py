"""Methods and paths that no route takes."""

import pytest
from starlette.testclient import TestClient

from tests.api.asking import CHAT, error

PATHS = {
    CHAT: "POST",
    "/v1/feedback": "POST",
    "/v1/models": "GET, HEAD",
    "/metrics": "GET, HEAD",
    "/api/health": "GET, HEAD",
    "/api/ready": "GET, HEAD",
    "/api/docs": "GET, HEAD",
    "/api/openapi.json": "GET, HEAD",
}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW"])
def test_other_methods_are_told_what_is_taken(client: TestClient, method: str) -> None:
    for path, taken in PATHS.items():
        answer = client.request(method, path)

        assert error(answer) == (405, "method_not_allowed")
        assert answer.headers["allow"] == taken


def test_options_tell_what_is_taken_and_open_nothing(client: TestClient) -> None:
    for path, taken in PATHS.items():
        answer = client.options(path, headers={"origin": "https://attacker.example"})

        assert (answer.status_code, answer.text, answer.headers["allow"]) == (204, "", f"{taken}, OPTIONS")
        assert [name for name in answer.headers if name.startswith("access-control")] == []


def test_the_head_may_be_asked_for_alone(client: TestClient) -> None:
    for path in (path for path, taken in PATHS.items() if "HEAD" in taken):
        whole, head = client.get(path), client.head(path)

        assert (head.status_code, head.headers["content-type"]) == (200, whole.headers["content-type"])


@pytest.mark.parametrize("path", ["/v1/embeddings", "/v1/", "/v1/models/footnote", "/api/nothing", "/api/docs/"])
def test_what_is_not_there_is_told_in_openais_form(client: TestClient, path: str) -> None:
    for method in ("GET", "POST", "OPTIONS", "BREW"):
        assert error(client.request(method, path)) == (404, "not_found")
