"""Reviewing with the keyboard alone."""

from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Visit
from tests.e2e.person import PATIENCE_MS, Person
from tests.e2e.running import App, eventually

LAMP, OIL = "What caused the outage of 14 February 2026?", "How many days of holiday does the handbook give?"

LIST = "inbox-list-keys"


def focused(reviewer: Person) -> Locator:
    return reviewer.page.locator(":focus")


def press(reviewer: Person, *keys: str, on: str = "inbox-item-keys") -> None:
    """Presses keys once the page stands still and listens."""
    reviewer.settle()
    expect(reviewer.page.locator("body")).to_have_attribute("data-review-keys", on)
    for key in keys:
        reviewer.page.keyboard.press(key)


def status(app: App, answer: int) -> str:
    return str(app.rows("SELECT status FROM review_items WHERE message_id = ?", answer)[0][0])


def test_answers_are_reviewed_without_a_mouse(samples: App, visit: Visit) -> None:
    reader = visit(samples)
    reader.open()
    for question in (LAMP, OIL):
        reader.ask(question)
        reader.wait_for_answer()
    first, second = (row[0] for row in samples.rows("SELECT message_id FROM review_items ORDER BY 1 DESC LIMIT 2"))

    reviewer = visit(samples)
    reviewer.open("/review?order=newest")
    expect(reviewer.keyed(f"open-item-{second}")).to_be_visible(timeout=PATIENCE_MS)
    press(reviewer, "j", "j", on=LIST)
    expect(reviewer.keyed(f"open-item-{second}").get_by_role("button")).to_be_focused()
    press(reviewer, "x", on=LIST)
    expect(reviewer.keyed("bulk-bar")).to_be_visible()
    expect(reviewer.keyed(f"open-item-{second}").get_by_role("button")).to_be_focused()
    press(reviewer, "x", "k", on=LIST)
    expect(reviewer.keyed(f"open-item-{first}").get_by_role("button")).to_be_focused()
    press(reviewer, "Enter", on=LIST)
    expect(reviewer.keyed("item-status").get_by_role("radio").first).to_be_visible()
    expect(reviewer.keyed("item-note").get_by_role("textbox")).to_be_visible()

    press(reviewer, "n")
    expect(focused(reviewer)).to_have_attribute("placeholder", "For other reviewers")
    reviewer.page.keyboard.type("if just a few words fit, wait")  # i, j, f, u, a and w do nothing here
    reviewer.page.keyboard.press("Escape")
    reviewer.page.locator("h1").click()
    assert status(samples, first) == "new"
    press(reviewer, "f")
    eventually(lambda: status(samples, first), "fixed")
    press(reviewer, "a")
    eventually(
        lambda: samples.rows("SELECT assignee IS NOT NULL FROM review_items WHERE message_id = ?", first), [(1,)]
    )
    press(reviewer, "j")
    expect(reviewer.keyed(f"item-answer-{second}")).to_be_visible()
    press(reviewer, "u")
    expect(reviewer.keyed("inbox-rows")).to_be_visible()
