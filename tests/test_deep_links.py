"""Every address goes through the server's own doors: its frame, its cookie, its headers. Asked over real HTTP."""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import httpx
import pytest
from streamlit.runtime.pages_manager import PagesManager

from api.headers import HEADERS
from api.visitor import NAME
from tests.e2e.running import ROOT, App

pytestmark = pytest.mark.xdist_group("deep_links")  # one server for all of them
PAGES = ("/", "/documents", "/review", "/quality", "/?c=a-conversation")
FRAME = str(ROOT / "ui" / "frame.py")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with App(tmp_path_factory.mktemp("app"), FOOTNOTE_DOCUMENTS__SAMPLES="false") as app:
        yield app.url


def asset(url: str) -> str:
    """The address of a script of the page."""
    [script, *_] = re.findall(r'src="\./([^"]+\.js)"', httpx.get(url).text)
    return f"{url}/{script}"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_can_be_opened_by_its_address(url: str, path: str) -> None:
    answer = httpx.get(url + path)

    assert (answer.status_code, '<div id="root">' in answer.text) == (200, True)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_gives_the_visitors_cookie(url: str, path: str) -> None:
    given = SimpleCookie(httpx.get(url + path).headers.get("set-cookie"))

    assert bool(given[NAME]["httponly"]) is True


def test_who_has_the_cookie_keeps_it(url: str) -> None:
    assert "set-cookie" not in httpx.get(url, headers={"cookie": f"{NAME}=mine"}).headers


def test_behind_https_the_cookie_travels_only_by_https(url: str) -> None:
    given = SimpleCookie(httpx.get(url, headers={"x-forwarded-proto": "https"}).headers["set-cookie"])

    assert bool(given[NAME]["secure"]) is True


def test_an_asset_gives_no_cookie(url: str) -> None:
    answer = httpx.get(asset(url))

    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)


@pytest.mark.parametrize("path", [*PAGES, "/api/health", "/api/ready", "/_stcore/health", "/static/nothing.js"])
def test_every_answer_carries_the_security_headers(url: str, path: str) -> None:
    answer = httpx.get(url + path)

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_it_is_alive(url: str) -> None:
    assert httpx.get(f"{url}/api/health").json() == {"status": "alive"}


def test_it_tells_which_parts_are_ready(url: str) -> None:
    answer = httpx.get(f"{url}/api/ready")

    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert set(answer.json()) == {"ready", "database", "models", "meaning"}


@pytest.mark.parametrize(
    "path", ["/app.py", "/ui/frame.py", "/footnote.toml", "/..%2ffootnote.toml", "/.footnote/footnote.db"]
)
def test_no_file_of_the_house_is_served(url: str, path: str) -> None:
    """Streamlit answers what it does not know with its page; never with a file."""
    answer = httpx.get(url + path)

    assert answer.status_code in (400, 404) or "<title>Streamlit</title>" in answer.text


@pytest.mark.parametrize("asked_for", ["", "documents", "page", "a hash of nothing"])
def test_whatever_page_is_asked_for_the_frame_runs_first(asked_for: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    pages = PagesManager(FRAME)
    first = pages.get_initial_active_script(asked_for)

    assert first is not None
    assert (Path(first["script_path"]), PagesManager.uses_pages_directory) == (Path(FRAME), False)
