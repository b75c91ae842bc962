"""`POST /v1/feedback`."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from rag.house import House
from rag.sections import Feedback
from store.records.inbox import ItemFilter, ItemRow
from tests.api.asking import ask, error
from tests.api.conftest import ClientOf
from tests.conftest import BuildHouse

PATH = "/v1/feedback"


def listed(house: House, fitting: ItemFilter) -> tuple[ItemRow, ...]:
    """What reviewers see of it."""
    return house.desk.inbox.browse("reviewer", fitting, limit=9).rows


def test_an_answer_is_rated_by_its_id_or_its_trace(client: TestClient, stocked: House) -> None:
    field = ask(client)["footnote"]
    said = {"rating": -1, "reasons": ["Out of date"], "comment": "It is 150 now."}
    given = client.post(PATH, json={"answer_id": field["answer_id"]} | said)
    again = client.post(PATH, json={"trace_id": field["trace_id"], "rating": 1})

    assert given.json() == {"object": "feedback", "answer_id": field["answer_id"], "correction": None} | said
    assert (again.json()["answer_id"], again.json()["rating"]) == (field["answer_id"], 1)
    assert [row.rating for row in listed(stocked, ItemFilter())] == [1]


def test_a_correction_needs_no_rating(client: TestClient, stocked: House) -> None:
    answer_id = ask(client)["footnote"]["answer_id"]
    given = client.post(PATH, json={"answer_id": answer_id, "correction": "150 euros."}).json()

    assert (given["rating"], given["correction"]) == (0, "150 euros.")
    assert [row.id for row in listed(stocked, ItemFilter(corrected=True))] == [answer_id]


@pytest.mark.parametrize("named", [{"answer_id": 999}, {"trace_id": "guessed"}, {"answer_id": 2**63 - 1}])
def test_what_is_not_there_cannot_be_rated(client: TestClient, named: dict[str, Any]) -> None:
    assert error(client.post(PATH, json=named | {"rating": 1})) == (404, "not_found")


def test_somebody_elses_answer_cannot_be_rated(client: TestClient, stocked: House) -> None:
    field = ask(client, user="ana")["footnote"]

    for named in ({"answer_id": field["answer_id"]}, {"trace_id": field["trace_id"]}):
        assert error(client.post(PATH, json=named | {"rating": 1, "user": "ben"})) == (404, "not_found")
        assert client.post(PATH, json=named | {"rating": 1, "user": "ana"}).status_code == 200


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"rating": 1}, "missing_value"),
        ({"answer_id": 1}, "missing_value"),
        ({"answer_id": 1, "rating": 5}, "invalid_value"),
        ({"answer_id": True, "rating": 1}, "invalid_value"),
        ({"answer_id": 2**70, "rating": 1}, "invalid_value"),
        ({"answer_id": 1, "rating": 1, "comment": "x" * 10_001}, "invalid_value"),
    ],
)
def test_what_says_nothing_is_told(client: TestClient, said: dict[str, Any], code: str) -> None:
    assert error(client.post(PATH, json=said)) == (400, code)


@pytest.mark.parametrize(
    ("off", "said", "words"),
    [
        ("votes", {"rating": 1}, "Ratings are switched off"),
        ("corrections", {"correction": "150 euros."}, "Corrections are switched off"),
        ("corrections", {"rating": 1, "correction": "150 euros."}, "Corrections are switched off"),
    ],
)
def test_what_is_switched_off_is_refused_whole(
    build_house: BuildHouse, client_of: ClientOf, off: str, said: dict[str, Any], words: str
) -> None:
    house = build_house(feedback=Feedback.model_validate({off: False}))
    refused = client_of(house).post(PATH, json={"answer_id": 1} | said)

    assert (error(refused), words in refused.json()["error"]["message"]) == ((403, "feedback_off"), True)
    assert listed(house, ItemFilter()) == ()
