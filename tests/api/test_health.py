"""The routes for whoever watches the server."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api import health

WARMING = {"ready": True, "database": "ready", "models": "warming", "guard": "warming", "meaning": "warming"}
DOWN = WARMING | {"ready": False, "database": "unavailable"}


def client(state: dict[str, Any]) -> TestClient:
    return TestClient(Starlette(routes=health.routes(lambda: state)))


def test_it_says_that_it_is_alive() -> None:
    assert client(DOWN).get("/api/health").json() == {"status": "alive"}


def test_it_is_ready_while_parts_warm_up() -> None:
    answer = client(WARMING).get("/api/ready")

    assert (answer.status_code, answer.json()) == (200, WARMING)


def test_it_is_not_ready_without_its_database() -> None:
    answer = client(DOWN).get("/api/ready")

    assert (answer.status_code, answer.json()) == (503, DOWN)


@pytest.mark.parametrize("path", ["/api/health", "/api/ready"])
def test_it_answers_those_who_ask_for_the_head_alone(path: str) -> None:
    assert client(WARMING).head(path).status_code == 200


def test_it_changes_nothing() -> None:
    assert client(WARMING).post("/api/ready").status_code == 405
