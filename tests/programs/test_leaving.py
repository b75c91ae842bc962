"""A program that closes its request: the model's request ends, the text is kept, its place is free."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.api.asking import CHAT, body
from tests.e2e.running import eventually
from tests.model_server import Endless, SlowHeaders
from tests.programs.conftest import QUESTION, Serving

LATEST = "SELECT state, text FROM messages WHERE role = 'answer' ORDER BY id DESC LIMIT ?"
WORDS = "and on and on"


@contextmanager
def asking(serving: Serving, **more: Any) -> Iterator[socket.socket]:
    """A request that was sent and is not read; at the end the connection is closed."""
    sent = json.dumps(body(QUESTION, **more)).encode()
    host = serving.url.removeprefix("http://")
    head = (
        f"POST {CHAT} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
    )
    with socket.create_connection((host.partition(":")[0], int(host.partition(":")[2])), timeout=20) as connection:
        connection.sendall(head.encode() + sent)
        yield connection


def load(serving: Serving) -> tuple[float, ...]:
    """How many answers run and wait, as /metrics has it."""
    families = text_string_to_metric_families(httpx.get(f"{serving.url}/metrics").text)
    values = {sample.name: sample.value for family in families for sample in family.samples}
    return values["footnote_answers_running"], values["footnote_answers_waiting"]


def states(serving: Serving, count: int = 1) -> list[str]:
    """How the latest answers stand, the last first."""
    return [state for state, _ in serving.app.rows(LATEST, count)]


@pytest.mark.parametrize("stream", [True, False])
def test_who_leaves_in_mid_answer_stops_it(serving: Serving, *, stream: bool) -> None:
    serving.model.default = Endless()
    before = len(serving.model.requests)
    with asking(serving, user="leaver", stream=stream):
        eventually(lambda: len(serving.model.requests), before + 1, seconds=30)
        eventually(lambda: WORDS in serving.app.rows(LATEST, 1)[0][1], expected=True, seconds=30)

    assert serving.model.requests[before].wait_closed(20)
    eventually(lambda: states(serving), ["stopped"])
    assert WORDS in serving.app.rows(LATEST, 1)[0][1]
    eventually(lambda: load(serving), (0, 0))


@pytest.mark.parametrize("stream", [True, False])
def test_who_leaves_before_the_first_word_stops_it_too(serving: Serving, *, stream: bool) -> None:
    serving.model.default = SlowHeaders(60)
    before = len(serving.model.requests)
    with asking(serving, user="leaver", stream=stream):
        eventually(lambda: len(serving.model.requests), before + 1, seconds=30)

    assert serving.model.requests[before].wait_closed(20)
    eventually(lambda: states(serving), ["stopped"])
    eventually(lambda: load(serving), (0, 0))


@pytest.mark.parametrize("stream", [True, False])
def test_who_leaves_the_queue_is_not_asked_for(serving: Serving, *, stream: bool) -> None:
    serving.model.default = Endless()
    before = len(serving.model.requests)
    with asking(serving, user="patient", stream=stream):
        eventually(lambda: load(serving), (1, 0), seconds=30)
        with asking(serving, user="patient", stream=stream):
            eventually(lambda: load(serving), (1, 1), seconds=30)
        eventually(lambda: (load(serving), states(serving, 2)), ((1, 0), ["stopped", "writing"]), seconds=30)
        eventually(lambda: len(serving.model.requests), before + 1)
    eventually(lambda: load(serving), (0, 0))
    assert len(serving.model.requests) == before + 1


def test_the_next_one_of_the_same_person_begins(serving: Serving) -> None:
    serving.model.default = Endless()
    before = len(serving.model.requests)
    with asking(serving, user="next", stream=True) as first:
        eventually(lambda: load(serving), (1, 0), seconds=30)
        with asking(serving, user="next", stream=False):
            eventually(lambda: load(serving), (1, 1), seconds=30)
            first.close()
            eventually(lambda: len(serving.model.requests), before + 2, seconds=30)
            eventually(lambda: (load(serving), states(serving, 2)), ((1, 0), ["writing", "stopped"]), seconds=30)
    eventually(lambda: states(serving, 2), ["stopped", "stopped"])
    assert len(serving.model.requests) == before + 2
