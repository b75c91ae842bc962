"""`GET /metrics`, read as Prometheus reads it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from api.monitoring import CountedRequests
from api.routes import routes
from rag.house import House
from rag.settings import Model
from store.engine import Unavailable
from tests.api.asking import CHAT, ask, body, error
from tests.api.conftest import ADDRESS, HERE, ClientOf
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import BadQuotes, ModelServer, Reply, Status
from tests.rag.answering import LIBRARY

Read = Callable[..., float | None]


def reading(client: TestClient) -> Read:
    """How one value stands now; None when it is not told."""
    answer = client.get("/metrics")
    assert answer.status_code == 200, answer.text
    samples = [sample for family in text_string_to_metric_families(answer.text) for sample in family.samples]

    def value(name: str, **labels: str) -> float | None:
        found = [s.value for s in samples if s.name == f"footnote_{name}" and labels.items() <= s.labels.items()]
        return sum(found) if found else None

    return value


def test_an_answer_is_counted_with_its_tokens_and_times(client_of: ClientOf, modelled: House) -> None:
    client = client_of(modelled)
    usage = ask(client)["usage"]
    value = reading(client)

    assert value("answers_total", status="answered", writer="first", degraded="no") == 1
    assert value("tokens_total", writer="first", direction="input") == usage["prompt_tokens"]
    assert value("tokens_total", writer="first", direction="output") == usage["completion_tokens"]
    assert (value("first_text_seconds_count"), value("answer_seconds_count")) == (1, 1)
    assert value("first_text_seconds_bucket", le="60.0") == 1


def test_each_model_has_the_tokens_it_took_whoever_finished(
    build_house: BuildHouse,
    library_of: LibraryOf,
    model_server: ModelServer,
    model_at: Callable[..., Model],
    client_of: ClientOf,
) -> None:
    with ModelServer() as second:
        house = build_house(models=[model_at(model_server.url), model_at(second.url, "second")])
        library_of(house, LIBRARY)
        model_server.default = Reply("Zebras repaint the moon.")
        client = client_of(house)
        usage = ask(client)["usage"]
    value = reading(client)

    first, other = (value("tokens_total", writer=name, direction="output") for name in ("first", "second"))
    assert first == 2 * 4  # asked twice
    assert first + other == usage["completion_tokens"]
    assert value("answers_total", writer="second", degraded="model_garbled") == 1


def test_what_it_cost_is_counted(
    build_house: BuildHouse,
    library_of: LibraryOf,
    model_server: ModelServer,
    model_at: Callable[..., Model],
    client_of: ClientOf,
) -> None:
    priced = model_at(model_server.url, usd_per_million_input=1, usd_per_million_output=2)
    house = build_house(models=[priced])
    library_of(house, LIBRARY)
    client = client_of(house)
    cost = ask(client)["footnote"]["cost_usd"]

    assert cost > 0
    assert reading(client)("cost_usd_total", writer="first") == pytest.approx(cost)


def test_a_hand_over_is_counted_by_its_problem(client_of: ClientOf, modelled: House, model_server: ModelServer) -> None:
    model_server.default = Status(401)
    client = client_of(modelled)
    ask(client)
    value = reading(client)

    assert value("handovers_total", problem="model_unauthorized") == 1
    assert value("answers_total", writer="extractive", degraded="model_unauthorized") == 1


def test_what_guards_find_is_counted(client_of: ClientOf, modelled: House, model_server: ModelServer) -> None:
    model_server.default = BadQuotes()
    client = client_of(modelled)
    ask(client)
    ask(client, "")
    value = reading(client)

    findings = ("asked_again", "unverified", "question_refused")
    assert [value("guard_findings_total", finding=one) for one in findings] == [1, 1, 1]


def test_what_is_under_way_is_told(client: TestClient, stocked: House) -> None:
    stocked.library.add("new.md", b"# New\n\nNot read yet.\n")
    value = reading(client)

    assert (value("answers_running"), value("answers_waiting")) == (0, 0)
    assert (value("files_waiting"), value("database_up")) == (1, 1)


def test_models_are_told_of_also_while_the_database_is_away(
    client_of: ClientOf, modelled: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(modelled)

    @contextmanager
    def refuse() -> Iterator[None]:
        raise Unavailable("unable to open database file")
        yield

    monkeypatch.setattr(modelled.database, "read", refuse)
    value = reading(client)

    assert value("database_up") == 0
    assert value("model_state", model="first", state="closed") == 1


def test_requests_are_counted_by_route(house: House) -> None:
    known = routes(lambda: house, lambda: {"ready": True})
    counted = Middleware(CountedRequests, house=lambda: house, known=[route.path for route in known])
    client = TestClient(Starlette(routes=known, middleware=[counted]), client=HERE, base_url=ADDRESS)
    client.post(CHAT, json=body())
    client.get("/made-up/by-somebody")
    value = reading(client)

    assert value("http_requests_total", route=CHAT, method="POST", status="503") == 1
    assert value("http_requests_total", route="other", status="404") == 1


def test_the_process_is_told(client: TestClient) -> None:
    text = client.get("/metrics").text

    assert "process_resident_memory_bytes" in text
    assert 'footnote_build_info{version="' in text


def test_only_who_may_sees_it(client_of: ClientOf, house: House) -> None:
    asks, watches = house.clients.add("wiki", ("ask",)), house.clients.add("prometheus", ("metrics",))
    far = "192.0.2.7"

    assert error(client_of(house, address=far).get("/metrics")) == (401, "invalid_api_key")
    assert error(client_of(house, address=far, authorization=f"Bearer {asks}").get("/metrics"))[0] == 403
    assert client_of(house, address=far, authorization=f"Bearer {watches}").get("/metrics").status_code == 200


def test_houses_count_for_themselves(build_house: BuildHouse, client_of: ClientOf) -> None:
    one = build_house()
    ask(client_of(one), "")
    one.close()

    assert reading(client_of(build_house()))("answers_total") is None


def test_a_breaker_that_opened_is_told(
    build_house: BuildHouse,
    library_of: LibraryOf,
    model_server: ModelServer,
    model_at: Callable[..., Model],
    client_of: ClientOf,
) -> None:
    model_server.default = Status(500)
    house = build_house(models=[model_at(model_server.url, failures_to_rest=1)])
    library_of(house, LIBRARY)
    client = client_of(house)
    before = reading(client)("model_state", model="first", state="open")
    ask(client)
    value = reading(client)

    assert (before, value("model_state", model="first", state="open")) == (0, 1)
    assert value("model_state", model="first", state="closed") == 0
