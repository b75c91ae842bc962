"""Who may use the API."""

import pytest
from starlette.testclient import TestClient

from rag.house import House
from tests.api.asking import CHAT, body, error
from tests.api.conftest import ADDRESS, ClientOf

ELSEWHERE = "192.0.2.7"
DENIED = (401, "invalid_api_key")


def asked(client: TestClient) -> int:
    return client.post(CHAT, json=body("")).status_code


@pytest.fixture
def key(house: House) -> str:
    return house.clients.add("wiki", ("ask",))


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("name", ["127.0.0.1:8501", "localhost:8501", "LOCALHOST", "[::1]:8501"])
def test_programs_on_this_machine_need_no_key(client_of: ClientOf, house: House, address: str, name: str) -> None:
    assert asked(client_of(house, address=address, host=name)) == 200


@pytest.mark.parametrize("address", [ELSEWHERE, "::ffff:192.0.2.7", "testclient", "", "10.0.0.1"])
def test_other_machines_need_one(client_of: ClientOf, house: House, address: str, key: str) -> None:
    answer = client_of(house, address=address).post(CHAT, json=body())

    assert error(answer) == DENIED
    assert answer.headers["www-authenticate"] == "Bearer"
    assert asked(client_of(house, address=address, authorization=f"Bearer {key}")) == 200


@pytest.mark.parametrize(
    "header",
    [
        {"x-forwarded-for": "127.0.0.1"},
        {"forwarded": "for=127.0.0.1"},
        {"x-real-ip": "127.0.0.1"},
        {"x-forwarded-host": "localhost"},
        {"via": "1.1 proxy"},
        {"host": "attacker.example"},  # whose name was pointed at this machine
        {"host": "127.0.0.1.attacker.example"},
        {"host": "localhost@attacker.example"},
        {"host": ""},
        {"host": "["},
        {"origin": "https://attacker.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9999"},
        {"origin": "http://127.0.0.1:8501.attacker.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_proxies_and_pages_of_other_sites_need_one(
    client_of: ClientOf, house: House, header: dict[str, str], key: str
) -> None:
    assert error(client_of(house, **header).post(CHAT, json=body())) == DENIED
    assert asked(client_of(house, **header, authorization=f"Bearer {key}")) == 200


def test_a_page_of_this_server_may_ask(client_of: ClientOf, house: House) -> None:
    assert asked(client_of(house, origin=ADDRESS, **{"sec-fetch-site": "same-origin"})) == 200


def test_a_form_of_another_site_cannot_look_like_json(client_of: ClientOf, house: House) -> None:
    answer = client_of(house).post(CHAT, content=b"{}", headers={"content-type": "text/plain"})

    assert error(answer) == (415, "unsupported_media_type")


@pytest.mark.parametrize("key", ["none", "sk-proj-1234", ""])
def test_a_key_of_another_kind_counts_as_none(client_of: ClientOf, house: House, key: str) -> None:
    assert asked(client_of(house, authorization=f"Bearer {key}")) == 200
    assert error(client_of(house, address=ELSEWHERE, authorization=f"Bearer {key}").get("/v1/models")) == DENIED


@pytest.mark.parametrize("address", ["127.0.0.1", ELSEWHERE])
def test_a_wrong_or_revoked_key_opens_nothing(client_of: ClientOf, house: House, key: str, address: str) -> None:
    house.clients.revoke("wiki")

    for wrong in (key, "fn-guessed"):
        assert error(client_of(house, address=address, authorization=f"Bearer {wrong}").get("/v1/models")) == DENIED


def test_a_key_opens_only_what_it_is_for(client_of: ClientOf, house: House, key: str) -> None:
    client = client_of(house, authorization=f"Bearer {key}")

    assert error(client.post("/v1/feedback", json={})) == (403, "insufficient_scope")
    assert client.get("/v1/models").status_code == 200


def test_a_strangers_body_is_not_read(client_of: ClientOf, house: House) -> None:
    assert error(client_of(house, address=ELSEWHERE).post(CHAT, content=b"not JSON")) == DENIED


def test_other_origins_are_given_no_leave(client_of: ClientOf, house: House) -> None:
    answer = client_of(house, origin="https://attacker.example").options(
        CHAT, headers={"access-control-request-method": "POST"}
    )

    assert [name for name in answer.headers if name.startswith("access-control")] == []


def test_programs_do_not_see_each_others_answers(client_of: ClientOf, house: House, key: str) -> None:
    own = client_of(house).post(CHAT, json=body("")).json()["footnote"]
    other = client_of(house, authorization=f"Bearer {key}")
    wanted = body("", footnote={"conversation_id": own["conversation_id"]})

    assert error(other.post(CHAT, json=wanted)) == (404, "not_found")
