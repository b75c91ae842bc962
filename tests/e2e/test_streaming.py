"""An answer belongs to no tab: reloads, other pages and second tabs lose nothing, crashes are told, Stop is an act."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import lighthouse as lights
from tests.e2e.conftest import StartApp, Visit
from tests.e2e.lighthouse import BEGINNING, END, MIDDLE, Lighthouse
from tests.e2e.person import PATIENCE_MS, Person
from tests.e2e.running import App, eventually
from tests.model_server import ModelServer


@pytest.fixture
def reader(lighthouse: Lighthouse, visit: Visit) -> Person:
    """Somebody who sees the beginning of a slow answer."""
    lighthouse.model.default = lights.slow_answer()
    person = visit(lighthouse.app)
    person.open()
    person.ask(lights.QUESTION)
    expect(person.answers.last).to_contain_text(BEGINNING, timeout=PATIENCE_MS)
    expect(person.answers.last).not_to_contain_text(END)
    return person


def test_a_reload_in_mid_answer_loses_nothing(reader: Person) -> None:
    reader.reload()

    assert reader.conversation_id
    expect(reader.page.get_by_test_id("stChatMessage").first).to_contain_text(lights.QUESTION)
    expect(reader.answers.last).to_contain_text(BEGINNING)
    reader.wait_for_answer(re.compile(f"{BEGINNING}.*{MIDDLE}.*{END}", re.DOTALL))
    expect(reader.answers).to_have_count(1)


def test_stop_keeps_the_text_and_ends_the_models_request(reader: Person, lighthouse: Lighthouse) -> None:
    request = lighthouse.model.requests[-1]

    reader.stop_button.click()

    answer = reader.wait_for_answer(BEGINNING)
    assert request.wait_closed()
    expect(answer).not_to_contain_text(END)
    expect(answer.get_by_test_id("stAlert")).to_be_visible()
    assert state_of(lighthouse.app, reader) == "stopped"

    lighthouse.model.default = lights.answer()
    reader.ask_again(answer)
    expect(reader.answers.last).to_contain_text("It is lit at half past six.", timeout=PATIENCE_MS)
    eventually(lambda: state_of(lighthouse.app, reader), "answered")


def test_a_second_tab_sees_the_answer_grow_and_end(reader: Person) -> None:
    other = reader.second_tab()
    other.page.goto(reader.page.url)

    expect(other.answers.last).to_contain_text(BEGINNING)
    expect(other.stop_button).to_be_visible()
    expect(other.answers.last).to_contain_text(END)
    other.wait_for_answer(END)
    reader.wait_for_answer(END)


def test_another_page_and_back_in_mid_answer_loses_nothing(reader: Person) -> None:
    reader.turn_to("/documents")
    expect(reader.keyed("upload")).to_be_visible()
    reader.turn_to("/")

    expect(reader.answers.last).to_contain_text(BEGINNING)
    reader.wait_for_answer(END)
    expect(reader.answers).to_have_count(1)


def test_a_killed_server_keeps_the_text_and_offers_to_ask_again(
    start_app: StartApp, model: ModelServer, visit: Visit
) -> None:
    app = start_app(**lights.environment(model))
    reader = visit(app)
    reader.watch.expect_outage()
    reader.open("/documents")
    reader.upload(lights.HANDBOOK)
    reader.turn_to("/")
    model.default = lights.slow_answer()
    reader.ask(lights.QUESTION)
    eventually(lambda: BEGINNING in text_of(app, reader), expected=True, seconds=60)

    app.kill()
    model.default = lights.answer()
    app.start()
    reader.reload()

    answer = reader.wait_for_answer(BEGINNING)
    expect(reader.page.get_by_test_id("stChatMessage").first).to_contain_text(lights.QUESTION)
    expect(answer.get_by_test_id("stAlert")).to_be_visible()
    assert state_of(app, reader) == "interrupted"
    reader.ask_again(answer)
    expect(reader.answers.last).to_contain_text("It is lit at half past six.", timeout=PATIENCE_MS)
    eventually(lambda: state_of(app, reader), "answered", seconds=60)


def state_of(app: App, reader: Person) -> str:
    """The state of the last answer in the open conversation."""
    return _last_answer(app, reader)[0]


def text_of(app: App, reader: Person) -> str:
    return _last_answer(app, reader)[1]


def _last_answer(app: App, reader: Person) -> tuple[str, str]:
    wanted = "SELECT state, text FROM messages WHERE conversation_id = ? AND role = 'answer' ORDER BY id DESC LIMIT 1"
    found = app.rows(wanted, reader.conversation_id)
    return found[0] if found else ("", "")
