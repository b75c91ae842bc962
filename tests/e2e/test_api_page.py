"""The page that describes the API, in a browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.running import App
from tests.e2e.test_narrow_and_dark import DARK, NARROW, assert_fits

LIGHTNESS = "() => Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g))"


@pytest.mark.parametrize("options", [NARROW, DARK, {"java_script_enabled": False}], ids=["narrow", "dark", "no script"])
def test_it_fits_and_asks_for_nothing_else(samples: App, visit: Visit, options: dict[str, Any]) -> None:
    reader = visit(samples, **options)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.page.goto(f"{samples.url}/api/docs")

    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    assert asked == [f"{samples.url}/api/docs"]
    if "java_script_enabled" not in options:
        assert_fits(reader)
        assert (reader.page.evaluate(LIGHTNESS) < 64) == ("color_scheme" in options)


def test_a_click_selects_an_example_whole(samples: App, visit: Visit) -> None:
    reader = visit(samples)
    reader.page.goto(f"{samples.url}/api/docs")
    reader.page.locator("pre code").first.click()

    assert reader.page.evaluate("() => getSelection().toString()").startswith("curl http")
    assert reader.page.evaluate("() => getSelection().toString()").endswith("'")


def test_the_keyboard_reaches_links_and_what_is_folded(samples: App, visit: Visit) -> None:
    reader = visit(samples)
    reader.page.goto(f"{samples.url}/api/docs")
    reader.page.keyboard.press("Tab")
    expect(reader.page.get_by_role("link", name="Skip to the routes")).to_be_focused()
    folded = reader.page.locator("summary").first
    folded.focus()
    reader.page.keyboard.press("Enter")

    expect(reader.page.get_by_text("invalid_json").first).to_be_visible()
