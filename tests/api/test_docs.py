"""`GET /api/docs`: the API for people, on a page that loads nothing."""

import base64
import hashlib
import re
from html import unescape
from html.parser import HTMLParser

from starlette.testclient import TestClient

from api.operations import OPERATIONS
from api.visitor import VisitorCookie
from rag.house import House
from rag.settings import Api, Brand
from tests.api.asking import error
from tests.api.conftest import ADDRESS, HERE, ClientOf, app_of
from tests.conftest import BuildHouse

PAGE = "/api/docs"


class Tags(HTMLParser):
    """The start tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def values(self, name: str) -> list[str]:
        return [value for _, attributes in self.found if (value := attributes.get(name)) is not None]


def test_it_loads_nothing_and_runs_nothing(client: TestClient) -> None:
    page = client.get(PAGE)
    tags = Tags(page.text)

    assert {tag for tag, _ in tags.found} & {"script", "img", "iframe", "form", "object", "base"} == set()
    assert tags.values("src") + tags.values("style") + tags.values("onclick") == []
    assert [link for link in tags.values("href") if not link.startswith("#")] == ["data:,", "openapi.json"]
    assert "@import" not in page.text
    assert "url(" not in page.text


def test_its_policy_allows_its_own_style_alone(client: TestClient) -> None:
    page = client.get(PAGE)
    [style] = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = page.headers["content-security-policy"].split("; ")

    assert f"style-src 'sha256-{digest}'" in policy
    assert {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(policy)
    assert "unsafe" not in page.headers["content-security-policy"]


def test_every_link_leads_somewhere(client: TestClient) -> None:
    tags = Tags(client.get(PAGE).text)
    places = tags.values("id")

    assert len(places) == len(set(places))
    assert {link[1:] for link in tags.values("href") if link.startswith("#")} - set(places) == set()


def test_every_route_for_programs_has_an_example_for_this_server(client: TestClient) -> None:
    page = client.get(PAGE).text
    commands = [unescape(found) for found in re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL)]

    for_programs = [one.path for one in OPERATIONS if "foreign_page" not in one.errors]

    assert [path for path in for_programs if not any(f"{ADDRESS}{path}" in command for command in commands)] == []
    assert len(commands) == len(for_programs) + 1  # one streams


def test_the_names_of_others_are_words_and_no_markup(client_of: ClientOf, build_house: BuildHouse) -> None:
    house = build_house(brand=Brand(name="<script>A & B"))
    key = house.clients.add("wiki", ("ask",))
    page = client_of(house, authorization=f"Bearer {key}", host="x'\"><b>.example").get(PAGE).text

    assert "&lt;script&gt;A &amp; B" in page
    assert "<script" not in page
    assert "<b>.example" not in page


def test_the_examples_go_where_a_proxy_says(client_of: ClientOf, house: House) -> None:
    key = house.clients.add("wiki", ("ask",))
    headers = {"authorization": f"Bearer {key}", "host": "ask.example.org", "x-forwarded-proto": "https"}

    assert "curl https://ask.example.org/v1/models" in client_of(house, **headers).get(PAGE).text


def test_the_same_rule_stands_before_it_as_before_the_rest(client_of: ClientOf, build_house: BuildHouse) -> None:
    stranger = client_of(build_house(), address="192.0.2.7")
    off = client_of(build_house(api=Api(enabled=False)))

    for path in (PAGE, "/api/openapi.json"):
        assert error(stranger.get(path)) == (401, "invalid_api_key")
        assert error(off.get(path)) == (404, "not_found")


def test_who_reads_it_becomes_no_visitor(house: House) -> None:
    client = TestClient(VisitorCookie(app_of(house)), client=HERE, base_url=ADDRESS)

    assert "set-cookie" not in client.get(PAGE).headers
