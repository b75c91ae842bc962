"""Exports on the Review page: counted, looked at, offered; and the file behind the link."""

import json
from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from api import exports as downloads
from pages.review import exports
from rag.house import House
from tests.pages.conftest import gone
from tests.rag.exports.answers import answered, down, library, up


def page() -> None:
    from pages.review import exports
    from ui.resources import house

    exports.show(house(), "ana")


@pytest.fixture
def shown(house: House, at_home: Callable[[House], None]) -> AppTest:
    at_home(house)
    return AppTest.from_function(page, default_timeout=20)


def link(app: AppTest) -> str:
    return str(app.get("link_button")[0].proto.url)


def fetched(house: House, path: str) -> tuple[int, str, str]:
    with TestClient(Starlette(routes=downloads.routes(lambda: house))) as client:
        answer = client.get(path)
    return answer.status_code, answer.headers.get("content-disposition", ""), answer.text


def fill(house: House) -> None:
    with house.database.write() as session:
        document = library(session)
        answered(session, document, "=1+1 **bold**", feedback_given=up(comment="Mail ana@example.org"))
        answered(session, document, "How late?", feedback_given=down())


def test_nothing_to_export_is_said(shown: AppTest) -> None:
    shown.run()
    assert (shown.info[0].value, len(shown.get("link_button"))) == (exports.EMPTY[exports.FEEDBACK], 0)


def test_what_is_chosen_is_counted_and_comes_with_the_link(shown: AppTest, house: House) -> None:
    fill(house)
    shown.run()
    assert "**2 answers**" in [one.value for one in shown.markdown]
    shown.query_params["rating"] = "up"
    shown.run()
    assert "**1 answer**" in [one.value for one in shown.markdown]
    status, disposition, text = fetched(house, link(shown))
    assert (status, disposition.startswith('attachment; filename="footnote-feedback-')) == (200, True)
    assert ("'=1+1 **bold**" in text, "Mail [e-mail]" in text, "How late?" in text) == (True, True, False)


def test_training_data_is_looked_at_before_it_is_fetched(shown: AppTest, house: House) -> None:
    fill(house)
    shown.run()
    shown.segmented_control(key="export-what").set_value(exports.TRAINING).run()
    shown.toggle(key="export-preview").set_value(True).run()
    assert json.loads(shown.json[0].value)["messages"][-1]["role"] == "assistant"
    assert fetched(house, link(shown))[2].startswith("PK")


def test_a_ticket_that_nobody_was_given_opens_nothing(house: House) -> None:
    assert fetched(house, "/exports/somebody-elses")[:2] == (404, "")


def test_without_its_database_a_download_says_so_with_its_status(
    shown: AppTest, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(house)
    path = link(shown.run())
    with gone(house, monkeypatch):
        assert fetched(house, path)[0] == 503
