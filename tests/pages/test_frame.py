"""The frame around every page: its name, the way between pages, and trouble that is told once."""

from collections.abc import Callable

import pytest

from rag.house import House
from store.engine import Database
from tests.pages.conftest import LAMP, Tab
from tests.pages.test_chat import locked

NewTab = Callable[..., Tab]


TITLES = [("chat", "Footnote"), ("documents", "Documents"), ("review", "Review"), ("quality", "Quality")]


@pytest.mark.parametrize(("page", "title"), TITLES)
def test_every_page_opens(keeper: Tab, page: str, title: str) -> None:
    keeper.open(page)

    assert ([t.value for t in keeper.app.title], list(keeper.app.exception)) == ([title], [])


@pytest.mark.parametrize("page", [page for page, _ in TITLES])
def test_every_page_opens_over_an_empty_library(house: House, tab: NewTab, page: str) -> None:
    assert list(tab(house).open(page).app.exception) == []


def test_pages_are_called_by_their_names(keeper: Tab) -> None:
    keeper.open()
    pages = {page["url_pathname"]: page["page_name"] for page in keeper.app._registered_pages.values()}

    assert pages == {
        "": "Chat",
        "documents": "Documents",
        "review": "Review",
        "quality": "Quality",
        "operations": "Operations",
    }


def test_the_brand_names_the_app(build_house: Callable[..., House], library_of: Callable, tab: NewTab) -> None:
    brand = build_house().settings.brand.model_copy(update={"name": "Ask *the* keeper", "tagline": "Since 1887."})
    house = build_house(brand=brand)
    opened = tab(house).open()

    assert [title.value for title in opened.app.title] == ["Ask *the* keeper"]
    assert r"Since 1887\." in opened.words()


def test_trouble_is_told_once(keeper: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper.open()
    with monkeypatch.context() as patch:
        patch.setattr(Database, "write", locked)
        keeper.ask(LAMP)
    told = len(keeper.app.error)
    keeper.app.run()

    assert (told, len(keeper.app.error)) == (1, 0)
