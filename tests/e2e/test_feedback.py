"""Ratings, reasons, comments and corrections are stored the moment they are given."""

import json

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import lighthouse as lights
from tests.e2e.conftest import Visit
from tests.e2e.lighthouse import BEGINNING, END, Lighthouse
from tests.e2e.person import DOWN, PATIENCE_MS, UP, Person, answer_id
from tests.e2e.running import App, eventually


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
    expect(answer.get_by_text("It is lit at sunset.")).to_be_attached()


def feedback(app: App, answer: Locator) -> dict[str, object]:
    """What is stored about an answer at present."""
    wanted = 'SELECT rating, reasons, comment, correction FROM feedback WHERE message_id = ? AND "current"'
    for rating, reasons, comment, correction in app.rows(wanted, answer_id(answer)):
        return {"rating": rating, "reasons": json.loads(reasons), "comment": comment, "correction": correction}
    return {}
