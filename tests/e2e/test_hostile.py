"""Texts of others are only read: nothing in a question, a document or an answer runs or is fetched from elsewhere.

That no request leaves and no console error appears is judged at the end of every test, see `conftest.visit`.
"""

import re

from playwright.sync_api import expect

from tests.e2e import lighthouse as lights
from tests.e2e.conftest import Visit
from tests.e2e.lighthouse import Lighthouse
from tests.e2e.person import Person, text_file
from tests.e2e.running import App

HOSTILE = (
    "Zorilla ![seen](http://evil.example/x.png) "
    "<img src='http://evil.example/y.png' onerror='window.hacked = 1'> "
    "[press here](javascript:window.hacked=1) <script>window.hacked = 1</script> "
    ":red[stop] :material/home: $\\frac{1}{2}$ "
    "http://evil.example/bare www.evil.example me@evil.example The zorilla eats [berries](http://evil.example/z)."
)
QUESTION = "What does the zorilla eat?"


def test_a_hostile_document_is_only_read(samples: App, visit: Visit) -> None:
    reader = visit(samples)
    reader.open("/documents")
    reader.upload(text_file("zorilla :red[name] <b>.txt", f"{HOSTILE}\n\nOther words stand below.\n"))
    release_what_is_held_back(reader)
    reader.turn_to("/")

    reader.ask(QUESTION)
    answer = reader.wait_for_answer("berries")
    reader.open_footnote(answer)

    expect(reader.source).to_contain_text("<script>window.hacked = 1</script>")
    expect(answer.locator("a:not([rel~=noopener][rel~=noreferrer][target=_blank])")).to_have_count(0)
    assert_harmless(reader, own_links=True)


def test_a_hostile_answer_is_only_read(lighthouse: Lighthouse, visit: Visit) -> None:
    lighthouse.model.default = lights.answer(f"{HOSTILE} [1]", delay_s=0.02)
    reader = visit(lighthouse.app)
    reader.open()

    reader.ask(lights.QUESTION)

    reader.wait_for_answer("berries")
    assert_harmless(reader)


def test_only_a_link_that_stands_in_the_source_can_be_followed(lighthouse: Lighthouse, visit: Visit) -> None:
    lured = "![x](http://evil.example/?q=lamp) [prize](http://evil.example/lamp) http://evil.example/lamp"
    lighthouse.model.default = lights.answer(f"See [the rules]({lights.RULES}). [1] {lured} [1]", delay_s=0.01)
    reader = visit(lighthouse.app)
    reader.open()

    reader.ask(lights.QUESTION)

    answer = reader.wait_for_answer("the rules (lighthouse.example)")
    expect(answer.locator("a[href]")).to_have_count(1)
    expect(answer.locator(f'a[href="{lights.RULES}"]')).to_have_text("the rules")
    expect(answer).not_to_contain_text("evil.example")
    assert_harmless(reader)


def test_the_mark_behind_a_made_up_sentence_leads_to_its_reason(lighthouse: Lighthouse, visit: Visit) -> None:
    """The sentence is the answer's own: what it holds stays words there too."""
    lighthouse.model.default = lights.answer(f"{lights.SHORT} It weighs 42 <b>tons</b> :red[now].")
    reader = visit(lighthouse.app)
    reader.open()

    reader.ask(lights.QUESTION)

    answer = reader.wait_for_answer("? a")
    expect(answer).to_contain_text("1 of 2 sentences supported")
    answer.get_by_text("Why sentences are marked").click()
    expect(answer).to_contain_text("“It weighs 42 <b>tons</b> :red[now].” “42” stands in none of the passages.")


def test_a_hostile_question_is_only_read(lighthouse: Lighthouse, visit: Visit) -> None:
    """It is also the conversation's title in the sidebar."""
    reader = visit(lighthouse.app)
    reader.open()

    reader.question_box.fill(HOSTILE)
    reader.question_box.press("Enter")

    expect(reader.answers.last).to_contain_text("an attempt to change how the assistant works")
    expect(reader.page.get_by_test_id("stChatMessage").first).to_contain_text(":red[stop]")
    expect(reader.keyed("history")).to_contain_text("Zorilla ![seen]")
    assert_harmless(reader)


def release_what_is_held_back(reader: Person) -> None:
    """It reads like orders to an AI, so somebody has to look at it first."""
    reader.page.get_by_role("button", name="Show what is held back").click()
    reader.page.get_by_role("button", name=re.compile("zorilla")).click()
    expect(reader.page.get_by_test_id("stApp")).to_contain_text("Held back: 1 chunk")
    assert_harmless(reader)
    reader.page.get_by_role("button", name="Release").click()
    expect(reader.page.get_by_test_id("stApp")).not_to_contain_text("Held back: 1 chunk")


def assert_harmless(reader: Person, *, own_links: bool = False) -> None:
    """Nothing on the page ran, was drawn as something else than text, or leads elsewhere.

    `own_links`: links that stand in the document an answer cites may be followed by who wants to.
    """
    page = reader.page.get_by_test_id("stApp")
    expect(page.locator("img[src*=evil], [onerror], a[href^=javascript], .katex")).to_have_count(0)
    assert reader.page.evaluate("window.hacked") is None
    if not own_links:
        expect(page.locator("a[href*=evil]")).to_have_count(0, timeout=1000)
