"""What one reader reports becomes an approved text, a test case and training data, and the reader hears of it."""

import io
import json
import zipfile
from typing import Any

from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.lighthouse import Lighthouse
from tests.e2e.person import DOWN, Person, answer_id
from tests.e2e.running import App, eventually

ASKED = "When exactly is the lamp of the lighthouse lit?"
CORRECTED = "The lamp is lit at half past six in the evening. [1]"
REPLY = "Thank you. The evening is said now."
SECONDS = 30  # two busy cores


def test_a_report_becomes_a_case_and_training_data_and_its_reader_hears_of_it(
    lighthouse: Lighthouse, visit: Visit
) -> None:
    app = lighthouse.app
    reader = visit(app)
    number = report(reader, app)

    reviewer = visit(app, viewport={"width": 1400, "height": 1000})
    reviewer.open(f"/review?item={number}")
    act(reviewer, f"made-text-{number}", f"approve-go-{number}")
    eventually(
        lambda: app.rows("SELECT text FROM approved_answers WHERE message_id = ?", number), [(CORRECTED,)], SECONDS
    )
    act(reviewer, f"made-case-{number}", f"case-{number}-keep")
    eventually(lambda: app.rows("SELECT question FROM cases WHERE message_id = ?", number), [(ASKED,)], SECONDS)
    reply(reviewer, number)
    eventually(lambda: app.rows("SELECT text FROM replies WHERE message_id = ?", number), [(REPLY,)], SECONDS)
    reviewer.keyed(f"fixed-{number}").get_by_role("button").click()
    eventually(lambda: app.rows("SELECT status FROM review_items WHERE message_id = ?", number), [("fixed",)], SECONDS)

    assert [json.loads(row["messages"][-1]["content"])["answer"] for row in training(reviewer)] == [CORRECTED]

    hear(reader)
    eventually(lambda: app.rows("SELECT count(seen_at) FROM replies WHERE message_id = ?", number), [(1,)], SECONDS)
    reader.keyed("new-conversation").get_by_role("button").click()
    reader.settle()
    expect(reader.keyed("reply-notice")).to_have_count(0)


def report(reader: Person, app: App) -> int:
    """A thumb down and a correction, then another conversation; gives the answer's id."""
    reader.open()
    reader.ask(ASKED)
    answer = reader.wait_for_answer("It is lit at half past six.")
    number = answer_id(answer)
    reader.thumb(answer, DOWN).click()
    eventually(lambda: app.rows("SELECT rating FROM review_items WHERE message_id = ?", number), [(-1,)], SECONDS)
    reader.keyed(f"correct-{number}").get_by_role("button").click()
    reader.page.get_by_label("The answer as it should be").fill(CORRECTED)
    reader.keyed(f"save-correction-{number}").get_by_role("button").click()
    eventually(lambda: app.rows("SELECT corrected FROM review_items WHERE message_id = ?", number), [(1,)], SECONDS)
    reader.keyed("new-conversation").get_by_role("button").click()
    expect(reader.answers).to_have_count(0)
    return number


def act(reviewer: Person, part: str, button: str) -> None:
    """Opens a part of "What becomes of it" and takes what it offers."""
    reviewer.settle()
    reviewer.keyed(part).locator("summary").click()
    reviewer.keyed(button).get_by_role("button").click()


def reply(reviewer: Person, number: int) -> None:
    reviewer.keyed(f"made-reply-{number}").locator("summary").click()
    box = reviewer.keyed(f"reply-text-{number}").get_by_role("textbox")
    box.fill(REPLY)
    box.press("Control+Enter")
    expect(reviewer.keyed(f"made-reply-{number}")).to_contain_text("not seen yet")


def training(reviewer: Person) -> list[dict[str, Any]]:
    """The lines of a download: chats that reviewers approved."""
    reviewer.open("/review")
    reviewer.page.get_by_role("radio", name="Exports").click()
    reviewer.page.get_by_role("radio", name="Training data").click()
    reviewer.keyed("export-by").get_by_role("combobox").click()
    reviewer.page.get_by_role("option", name="Reviewers' approval").click()
    expect(reviewer.page.get_by_text("1 answer", exact=True)).to_be_visible()
    address = reviewer.page.get_by_role("link", name="Download").get_attribute("href")
    sent = reviewer.page.request.get(f"{reviewer.page.url.partition('/review')[0]}{address}")
    with zipfile.ZipFile(io.BytesIO(sent.body())) as archive:
        names = [name for name in archive.namelist() if name.endswith(".jsonl")]
        return [json.loads(line) for name in names for line in archive.read(name).decode().splitlines()]


def hear(reader: Person) -> None:
    """The notice leads to the conversation with the reply."""
    reader.open()
    expect(reader.keyed("reply-notice")).to_be_visible()
    reader.keyed("open-reply").get_by_role("button").click()
    expect(reader.page.get_by_text(REPLY)).to_be_visible()
