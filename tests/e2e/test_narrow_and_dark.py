"""The pages fit a phone's width and a dark room."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.person import UP, Person
from tests.e2e.running import App

NARROW: dict[str, Any] = {"viewport": {"width": 380, "height": 800}, "has_touch": True}
DARK: dict[str, Any] = {"color_scheme": "dark"}
LIGHTNESS = """() => {
    const [red, green, blue] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\\d+/g);
    return Math.max(red, green, blue);
}"""


@pytest.mark.parametrize("options", [NARROW, DARK, NARROW | DARK], ids=["narrow", "dark", "narrow and dark"])
def test_all_pages_fit(samples: App, visit: Visit, options: dict[str, Any]) -> None:
    reader = visit(samples, **options)
    reader.open()
    expect(reader.question_box).to_be_in_viewport()
    reader.ask("What caused the outage of 14 February 2026?")
    answer = reader.wait_for_answer("certificate")
    reader.thumb(answer, UP).click()
    expect(reader.question_box).to_be_in_viewport()
    assert_fits(reader)

    reader.open_footnote(answer)
    assert_fits(reader)

    reader.open("/documents")
    expect(reader.keyed("upload").get_by_role("button").first).to_be_in_viewport()
    assert_fits(reader)

    reader.open("/review")
    expect(reader.all_keyed("open-item").first).to_be_visible()
    assert_fits(reader)
    reader.all_keyed("open-item").first.get_by_role("button").click()
    expect(reader.keyed("item-status")).to_be_visible()
    assert_fits(reader)

    reader.open("/quality")
    expect(reader.page.get_by_text("Not enough yet to draw")).to_be_visible()
    assert_fits(reader)
    reader.page.get_by_role("radio", name="Guards").click()
    expect(reader.page.get_by_role("slider").first).to_be_visible()
    assert_fits(reader)
    if "color_scheme" in options:
        assert reader.page.evaluate(LIGHTNESS) < 64


def assert_fits(reader: Person) -> None:
    """Nothing is wider than the window."""
    root = "document.scrollingElement"
    assert reader.page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
