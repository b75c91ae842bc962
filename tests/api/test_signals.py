"""`POST /api/signals`: what a browser says about its own reader's answers."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from api.signals import SignalRequest
from api.visitor import NAME
from rag.assistant import person_id
from rag.house import House
from rag.sections import Feedback
from tests.api.asking import error
from tests.api.conftest import ADDRESS, ClientOf
from tests.conftest import BuildHouse
from tests.rag.answering import HOTEL

PATH = "/api/signals"
ANA, BEN = "the cookie of Ana", "the cookie of Ben"
OWN_PAGE = {"origin": ADDRESS, "sec-fetch-site": "same-origin"}


def browser(client_of: ClientOf, house: House, cookie: str = ANA, **headers: str) -> TestClient:
    return client_of(house, cookie=f"{NAME}={cookie}", **(OWN_PAGE | headers))


def asked(house: House, cookie: str = ANA) -> int:
    return house.assistant.ask(person_id(cookie), HOTEL).answer_id


def noted(house: House, cookie: str = ANA) -> dict[str, int]:
    house.signals.flush()
    return dict(house.signals.counts(person_id(cookie)))


@pytest.mark.parametrize("kind", ["copied", "left"])
def test_what_a_browser_says_is_noted_and_taken_back(client_of: ClientOf, stocked: House, kind: str) -> None:
    client, said = browser(client_of, stocked), {"answer_id": asked(stocked), "kind": kind}

    assert client.post(PATH, json=said).json() == {"object": "signal", "taken": True}
    assert noted(stocked) == {kind: 1}
    client.post(PATH, json=said | {"undone": True})
    assert noted(stocked) == {}


def test_nothing_is_said_of_the_answers_of_others(client_of: ClientOf, stocked: House) -> None:
    answer_id = asked(stocked)
    browser(client_of, stocked, BEN).post(PATH, json={"answer_id": answer_id, "kind": "left"})

    assert (noted(stocked), noted(stocked, BEN)) == ({}, {})


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({}, True),
        ({"host": "behind.a.proxy"}, True),
        ({"origin": "https://evil.example", "sec-fetch-site": "cross-site"}, False),
        ({"origin": "https://other.example", "sec-fetch-site": "same-site"}, False),
        ({"origin": "https://evil.example", "sec-fetch-site": ""}, False),
        ({"cookie": f"{NAME}="}, False),
        ({"cookie": ""}, False),
    ],
)
def test_only_the_apps_own_pages_are_heard(
    client_of: ClientOf, stocked: House, headers: dict[str, str], *, taken: bool
) -> None:
    answer = browser(client_of, stocked).post(PATH, json={"answer_id": 1, "kind": "copied"}, headers=headers)

    assert answer.status_code == (200 if taken else 403)
    assert taken or error(answer) == (403, "foreign_page")


def test_a_program_is_not_heard(client_of: ClientOf, stocked: House) -> None:
    client = client_of(stocked, cookie=f"{NAME}={ANA}")

    assert error(client.post(PATH, json={"answer_id": 1, "kind": "copied"})) == (403, "foreign_page")


@pytest.mark.parametrize(
    "said",
    [{"kind": "copied"}, {"answer_id": 1, "kind": "stopped"}, {"answer_id": 0, "kind": "left"}, {"answer_id": 1}],
)
def test_what_is_not_known_is_refused(client_of: ClientOf, stocked: House, said: dict[str, Any]) -> None:
    assert error(browser(client_of, stocked).post(PATH, json=said)) == (400, "invalid_value")


def test_long_bodies_are_refused(client_of: ClientOf, stocked: House) -> None:
    said = {"answer_id": 1, "kind": "copied", "words": "x" * 1000}

    assert error(browser(client_of, stocked).post(PATH, json=said)) == (413, "request_too_large")


def test_nothing_is_taken_where_nothing_is_noted(client_of: ClientOf, build_house: BuildHouse) -> None:
    house = build_house(feedback=Feedback(actions="off"))
    said = browser(client_of, house).post(PATH, json={"answer_id": 1, "kind": "copied"})

    assert said.json()["taken"] is False


def test_no_words_can_be_sent() -> None:
    assert set(SignalRequest.model_fields) == {"answer_id", "kind", "undone"}
