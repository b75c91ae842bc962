"""The visitor's cookie: every browser gets one when it opens a page, and keeps it."""

from http.cookies import SimpleCookie

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api.visitor import NAME, YEAR_S, VisitorCookie


async def page(_: Request) -> HTMLResponse:
    return HTMLResponse("<title>a page</title>", headers={"cache-control": "public, max-age=60"})


async def asset(_: Request) -> PlainTextResponse:
    return PlainTextResponse("body {}", media_type="text/css", headers={"cache-control": "public, max-age=60"})


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/", page, methods=["GET", "POST"]), Route("/style.css", asset)]
    return TestClient(VisitorCookie(Starlette(routes=routes)))


def cookie(response: Response) -> SimpleCookie:
    return SimpleCookie(response.headers.get("set-cookie", ""))


def test_a_page_gives_one_that_scripts_cannot_read(client: TestClient) -> None:
    given = cookie(client.get("/"))[NAME]

    assert (given["httponly"], given["samesite"], given["path"]) == (True, "Lax", "/")
    assert given["max-age"] == str(YEAR_S)


def test_every_browser_gets_its_own(client: TestClient) -> None:
    given = {cookie(client.get("/", headers={"cookie": ""}))[NAME].value for _ in range(20)}

    assert (len(given), min(map(len, given))) == (20, 32)


def test_it_is_given_once(client: TestClient) -> None:
    first = client.get("/")
    again = client.get("/")  # the client keeps its cookies, as browsers do

    assert (NAME in cookie(first), NAME in cookie(again)) == (True, False)


def test_an_asset_gives_none_and_may_be_cached(client: TestClient) -> None:
    response = client.get("/style.css")

    assert (cookie(response), response.headers["cache-control"]) == ({}, "public, max-age=60")


def test_a_form_that_is_sent_gives_none(client: TestClient) -> None:
    assert cookie(client.post("/")) == {}


def test_a_page_with_a_cookie_is_kept_by_no_shared_cache(client: TestClient) -> None:
    assert client.get("/").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "forwarded", "secure"),
    [
        ("http://host", "", ""),
        ("https://host", "", True),
        ("http://host", "https", True),
        ("http://host", "https, http", True),
    ],
)
def test_it_is_secure_where_the_browser_came_by_https(
    client: TestClient, address: str, forwarded: str, secure: object
) -> None:
    given = cookie(client.get(f"{address}/", headers={"x-forwarded-proto": forwarded}))[NAME]

    assert given["secure"] == secure


def test_another_cookie_counts_for_nothing(client: TestClient) -> None:
    assert NAME in cookie(client.get("/", headers={"cookie": "other=1"}))


def test_an_empty_one_counts_for_nothing(client: TestClient) -> None:
    """Whoever sends an empty cookie would share one person with everybody who does."""
    assert NAME in cookie(client.get("/", headers={"cookie": f"{NAME}="}))
