"""Ratings, reasons, comments and corrections are stored the moment they are given."""

import json
import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import lighthouse as lights
from tests.e2e.conftest import Visit
from tests.e2e.lighthouse import BEGINNING, END, Lighthouse
from tests.e2e.person import DOWN, PATIENCE_MS, UP, Person, answer_id
from tests.e2e.running import App, eventually

SIGNALS = re.compile("/api/signals$")


@pytest.fixture
def reader(lighthouse: Lighthouse, visit: Visit) -> Person:
    """Somebody who has got an answer."""
    person = visit(lighthouse.app)
    person.open()
    person.ask(lights.QUESTION)
    person.wait_for_answer("It is lit at half past six.")
    return person


def test_rating_an_older_answer_does_not_disturb_the_new_one(reader: Person, lighthouse: Lighthouse) -> None:
    lighthouse.model.default = lights.slow_answer()
    older = reader.answers.first
    reader.ask("How often does the keeper wind the clockwork of the lamp?")
    expect(reader.answers.last).to_contain_text(BEGINNING, timeout=PATIENCE_MS)

    reader.thumb(older, UP).click()

    eventually(lambda: feedback(lighthouse.app, older).get("rating"), 1)
    expect(reader.stop_button).to_be_visible()
    reader.wait_for_answer(END)
    reader.reload()
    expect(reader.thumb(older, UP)).to_be_checked()
    reader.thumb(older, UP).click()
    eventually(lambda: feedback(lighthouse.app, older).get("rating"), 0)
    expect(reader.thumb(older, UP)).not_to_be_checked()


def test_thumbs_down_take_reasons_and_a_comment(reader: Person, lighthouse: Lighthouse) -> None:
    answer = reader.answers.first
    reader.thumb(answer, DOWN).click()

    reason = reader.keyed(f"why-wrong-{answer_id(answer)}").get_by_role("button").first
    chosen = reason.inner_text()
    reason.click()
    eventually(lambda: feedback(lighthouse.app, answer).get("reasons"), [chosen])
    comment = reader.keyed(f"comment-{answer_id(answer)}").get_by_role("textbox")
    comment.fill("At sunset, not at half past six.")
    comment.press("Enter")

    given = {"rating": -1, "reasons": [chosen], "comment": "At sunset, not at half past six.", "correction": None}
    eventually(lambda: feedback(lighthouse.app, answer), given)
    reader.reload()
    expect(reader.thumb(answer, DOWN)).to_be_checked()
    expect(comment).to_have_value("At sunset, not at half past six.")


def test_a_correction_stands_beside_the_answer(reader: Person, lighthouse: Lighthouse) -> None:
    answer = reader.answers.first
    reader.keyed(f"correct-{answer_id(answer)}").get_by_role("button").click()
    box = answer.get_by_role("textbox")
    expect(box).to_have_value("It is lit at half past six. [1]")

    box.fill("It is lit at sunset.")
    reader.keyed(f"save-correction-{answer_id(answer)}").get_by_role("button").click()

    eventually(lambda: feedback(lighthouse.app, answer).get("correction"), "It is lit at sunset.")
    kept = lighthouse.app.rows("SELECT text FROM messages WHERE id = ?", answer_id(answer))
    assert kept == [("It is lit at half past six. [1]",)]
    reader.reload()
    expect(answer).to_contain_text("It is lit at half past six.")
    answer.get_by_text("Your correction").click()
    expect(answer.locator("del")).to_have_text("half past six. [1]")
    expect(answer.locator("strong").get_by_text("sunset")).to_be_visible()


def feedback(app: App, answer: Locator) -> dict[str, object]:
    """What is stored about an answer at present."""
    wanted = 'SELECT rating, reasons, comment, correction FROM feedback WHERE message_id = ? AND "current"'
    for rating, reasons, comment, correction in app.rows(wanted, answer_id(answer)):
        return {"rating": rating, "reasons": json.loads(reasons), "comment": comment, "correction": correction}
    return {}


def test_copying_and_opening_a_footnote_are_noted_while_an_answer_streams(
    reader: Person, lighthouse: Lighthouse
) -> None:
    lighthouse.model.default = lights.slow_answer()
    older = reader.answers.first
    reader.ask("How often does the keeper wind the clockwork of the lamp?")
    expect(reader.answers.last).to_contain_text(BEGINNING, timeout=PATIENCE_MS)

    copy(reader, reader.page.get_by_test_id("stChatMessage").first)  # a question: that says nothing of its answer
    copy(reader, older)

    eventually(lambda: signals(lighthouse.app, answer_id(older)), {"copied": (1, "")})
    expect(reader.stop_button).to_be_visible()
    reader.wait_for_answer(END)
    reader.open_footnote(older)
    both = {"copied": (1, ""), "citation_opened": (1, "1")}
    eventually(lambda: signals(lighthouse.app, answer_id(older)), both)


def test_leaving_at_once_is_noted(reader: Person, lighthouse: Lighthouse) -> None:
    left = answer_id(reader.answers.first)
    wait_until_heard(reader)
    reader.page.close()

    eventually(lambda: signals(lighthouse.app, left), {"left": (1, "")})


def test_a_reload_is_no_leaving(reader: Person, lighthouse: Lighthouse) -> None:
    wait_until_heard(reader)
    with reader.page.expect_request(SIGNALS):  # it was left
        reader.reload()
    reader.page.wait_for_function("window.footnoteListening && !sessionStorage.getItem('footnote-left')")
    copy(reader, reader.answers.first)  # what is said later is noted later

    eventually(lambda: signals(lighthouse.app, answer_id(reader.answers.first)), {"copied": (1, "")})


def wait_until_heard(person: Person) -> None:
    """Waits until the page knows that an answer has just ended."""
    person.page.wait_for_function("window.footnoteListening?.ended")


def copy(person: Person, words: Locator) -> None:
    """Marks the words of this part of the page and copies them, as by the keyboard."""
    words.locator("p").first.select_text()
    person.page.keyboard.press("Control+C")


def signals(app: App, answer_id: int) -> dict[str, tuple[int, str]]:
    """What is noted of an answer: how often, and which footnotes."""
    found = app.rows("SELECT kind, count, detail FROM signals WHERE message_id = ?", answer_id)
    return {kind: (count, detail) for kind, count, detail in found}
