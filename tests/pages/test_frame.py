"""The frame around every page."""

import pytest

from tests.pages.conftest import Tab


@pytest.mark.parametrize(("page", "title"), [("chat", "Footnote"), ("documents", "Documents"), ("review", "Review")])
def test_every_page_opens(keeper: Tab, page: str, title: str) -> None:
    keeper.open(page)

    assert ([t.value for t in keeper.app.title], list(keeper.app.exception)) == ([title], [])
