"""The sidebar keeps a person's conversations, for nobody else."""

import pytest
from playwright.sync_api import expect

from tests.e2e import lighthouse as lights
from tests.e2e.conftest import Visit
from tests.e2e.lighthouse import Lighthouse
from tests.e2e.person import Person

SECOND = "How often does the keeper wind the clockwork of the lamp?"


@pytest.fixture
def reader(lighthouse: Lighthouse, visit: Visit) -> Person:
    """Somebody with two conversations, the second one open."""
    person = visit(lighthouse.app)
    person.open()
    person.ask(lights.QUESTION)
    person.wait_for_answer()
    person.keyed("new-conversation").get_by_role("button").click()
    expect(person.answers).to_have_count(0)
    person.ask(SECOND)
    person.wait_for_answer()
    return person


def test_an_earlier_conversation_is_opened_again(reader: Person) -> None:
    second = reader.conversation_id
    expect(reader.all_keyed("conversation").get_by_role("button", name=SECOND)).to_be_visible()

    reader.keyed("history").get_by_role("button", name=lights.QUESTION).click()

    expect(reader.page.get_by_test_id("stChatMessage").first).to_contain_text(lights.QUESTION)
    expect(reader.answers).to_have_count(1)
    assert reader.conversation_id not in (None, second)


def test_a_conversation_is_found_by_its_words(reader: Person) -> None:
    search = reader.keyed("history-search").get_by_role("textbox")
    search.fill("clockwork")
    search.press("Enter")

    expect(reader.keyed("history").get_by_role("button", name=lights.QUESTION)).to_have_count(0)
    expect(reader.keyed("history").get_by_role("button", name=SECOND)).to_be_visible()


def test_a_conversation_is_renamed(reader: Person) -> None:
    reader.keyed("conversation-actions").get_by_role("button", name="Rename").click()
    title = reader.keyed(f"title-{reader.conversation_id}").get_by_role("textbox")
    title.fill("Clockwork")
    title.press("Enter")

    renamed = reader.keyed(f"conversation-{reader.conversation_id}").get_by_role("button")
    expect(renamed).to_have_text("Clockwork")
    reader.reload()
    expect(renamed).to_have_text("Clockwork")


def test_a_conversation_is_deleted(reader: Person, lighthouse: Lighthouse) -> None:
    deleted = reader.conversation_id
    reader.keyed("conversation-actions").get_by_role("button", name="Delete").click()
    reader.keyed(f"delete-{deleted}").get_by_role("button").click()

    expect(reader.keyed(f"conversation-{deleted}")).to_have_count(0)
    expect(reader.answers).to_have_count(0)
    assert lighthouse.app.rows("SELECT count(*) FROM messages WHERE conversation_id = ?", deleted) == [(0,)]
    expect(reader.keyed("history").get_by_role("button", name=lights.QUESTION)).to_be_visible()


def test_somebody_elses_conversation_is_refused(reader: Person, lighthouse: Lighthouse, visit: Visit) -> None:
    stranger = visit(lighthouse.app)
    stranger.open(f"/?c={reader.conversation_id}")

    expect(stranger.notices).to_be_visible()
    expect(stranger.page.get_by_text(SECOND)).to_have_count(0)
    stranger.ask(lights.QUESTION)
    stranger.wait_for_answer()
    assert stranger.conversation_id not in (None, reader.conversation_id)
