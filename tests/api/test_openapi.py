"""The OpenAPI document: valid, whole, and of one mind with the code."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from httpx import Response
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from starlette.testclient import TestClient

import api
from api.openapi import Limits, document
from api.operations import OPERATIONS
from api.routes import routes
from api.troubles import CATALOGUE
from rag.house import House
from rag.problems import problem
from rag.problems.problem import Kind
from rag.settings import Api
from rag.settings import Limits as Often
from tests.api.asking import CHAT, body, chunks
from tests.api.conftest import ClientOf, HouseWith
from tests.api.test_bodies import WRONG
from tests.conftest import BuildHouse
from tests.model_server import ModelServer, Status

DOCUMENT = document("Footnote", Limits(256, 300, 20, 0))


def form(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]})


def answered(response: Response, path: str) -> int:
    """The status of an answer which is as the document foresees it for this path; fails when it is not."""
    told = DOCUMENT["paths"][path][response.request.method.lower()]["responses"][str(response.status_code)]
    content = told["content"][response.headers["content-type"].partition(";")[0]]
    if content["schema"] != {"type": "string"}:
        form(content["schema"]["$ref"].rpartition("/")[2]).validate(response.json())
    return response.status_code


def test_it_is_valid(client: TestClient) -> None:
    answer = client.get("/api/openapi.json")

    validate(answer.json())
    assert answer.json() == DOCUMENT
    assert DOCUMENT["openapi"].startswith("3.1.")


def test_every_route_is_in_it_and_no_other(house: House) -> None:
    served = {
        (route.path, method)
        for route in routes(lambda: house, lambda: {"ready": True})
        for method in route.methods or ()  # what takes none by name answers 404 and 405
        if method != "HEAD"
    }
    told = {(path, method.upper()) for path, methods in DOCUMENT["paths"].items() for method in methods}

    assert told == served
    assert len(OPERATIONS) == len(told)


def test_limits_and_name_are_those_of_the_house(client_of: ClientOf, build_house: BuildHouse) -> None:
    house = build_house(api=Api(max_kilobytes=7, seconds=9.5), limits=Often(questions_per_hour=11))
    info = client_of(house).get("/api/openapi.json").json()["info"]

    assert [
        word in info["description"] for word in ("7 kilobytes", "2000 messages", "9.5 seconds", "11 questions")
    ] == [True] * 4


@pytest.mark.parametrize(("wrong", "param", "words"), WRONG)
def test_what_the_code_refuses_the_document_refuses(wrong: dict[str, Any], param: str, words: str) -> None:
    if "must be the user's question" in words:
        return  # said in words: a schema has none for it
    assert not form("ChatRequest").is_valid(body() | wrong)


@pytest.mark.parametrize(
    "more",
    [
        {"stream": True, "stream_options": {"include_usage": True}, "n": 1, "user": "ana", "temperature": 2},
        {"tool_choice": "auto", "response_format": {"type": "text"}, "footnote": {"tags": ["a"]}, "tools": []},
        {"messages": [{"role": "system"}, {"role": "user", "content": [{"type": "text", "text": ""}]}]},
        {"tool_choice": None, "response_format": None, "n": None, "footnote": None, "user": None},
    ],
)
def test_what_the_document_allows_the_code_takes(client: TestClient, more: dict[str, Any]) -> None:
    form("ChatRequest").validate(body("") | more)

    assert client.post(CHAT, json=body("") | more).status_code == 200


def test_whole_answers_are_as_it_says(client_of: ClientOf, modelled: House, model_server: ModelServer) -> None:
    client = client_of(modelled)
    assert answered(client.post(CHAT, json=body()), CHAT) == 200
    model_server.default = Status(401)
    assert answered(client.post(CHAT, json=body()), CHAT) == 200  # in the documents' own words
    assert answered(client.post(CHAT, json=body("")), CHAT) == 200  # refused


def test_every_event_of_a_stream_is_as_it_says(client_of: ClientOf, modelled: House) -> None:
    wanted = body(stream=True, stream_options={"include_usage": True})
    found = chunks(client_of(modelled).post(CHAT, json=wanted))

    assert len(found) > 2
    for chunk in found:
        form("Chunk").validate(chunk)


def test_the_other_answers_are_as_it_says(client: TestClient) -> None:
    answer_id = client.post(CHAT, json=body()).json()["footnote"]["answer_id"]
    rated = client.post("/v1/feedback", json={"answer_id": answer_id, "rating": 1})
    assert answered(rated, "/v1/feedback") == 200
    for path in ("/v1/models", "/metrics", "/api/openapi.json", "/api/docs", "/api/health"):
        assert answered(client.get(path), path) == 200


def test_errors_are_as_it_says(client_of: ClientOf, house: House) -> None:
    client, stranger = client_of(house), client_of(house, address="192.0.2.7")
    elses = body(footnote={"conversation_id": "x"})
    for wrong, status in (({}, 400), (body(model="gpt-4o"), 404), (body(), 503), (elses, 404)):
        assert answered(client.post(CHAT, json=wrong), CHAT) == status
    assert answered(client.post(CHAT, content=b"x", headers={"content-type": "text/plain"}), CHAT) == 415
    assert answered(client.post("/v1/feedback", json={}), "/v1/feedback") == 400
    for path in ("/v1/models", "/metrics", "/api/openapi.json", "/api/docs"):
        assert answered(stranger.get(path), path) == 401


def test_an_answer_that_takes_too_long_is_as_it_says(client_of: ClientOf, modelled_with: HouseWith) -> None:
    assert answered(client_of(modelled_with(api=Api(seconds=0.001))).post(CHAT, json=body()), CHAT) == 504


def raised() -> Iterator[tuple[str, int]]:
    """Code and status of every error that stands in the code of api/."""
    for path in Path(api.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="ApiError"),
                    args=[ast.Constant(value=int(status)), ast.Constant(value=str(code)), *_],
                ):
                    yield code, status


def test_every_error_is_in_the_catalogue() -> None:
    known = {(one.code, one.status) for one in CATALOGUE}

    assert set(raised()) - known == set()
    assert {code for code, _ in known} - {code for code, _ in raised()} <= set(get_args(Kind))


@pytest.mark.parametrize("one", [one for one in CATALOGUE if one.again], ids=lambda one: one.code)
def test_every_error_that_passes_has_words_of_its_own(one: Any) -> None:
    assert problem(one.code) is not problem("bug")


def test_every_error_stands_in_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")

    assert [one.code for one in CATALOGUE if f"`{one.code}`" not in guide] == []
