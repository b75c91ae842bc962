"""Ending the app: running answers end and are seen to, new questions wait in their box, and nobody waits for ever."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from rag import problems
from tests.e2e import lighthouse as lights
from tests.e2e.conftest import StartApp, Visit
from tests.e2e.lighthouse import BEGINNING, END
from tests.e2e.person import PATIENCE_MS, Person
from tests.e2e.running import App
from tests.model_server import Endless, ModelServer, Reply
from tests.model_server.answers import structured

ANSWER = "SELECT state, text FROM messages WHERE role = 'answer' ORDER BY id DESC LIMIT 1"
ENDLESS = "and on and on"
LASTING = Reply(structured(f"{BEGINNING} {'and so on ' * 2000}", [], answerable=True), delay_s=0.05)
LimitedApp = Callable[[float], tuple[App, Person]]


@pytest.fixture
def asked(start_app: StartApp, model: ModelServer, visit: Visit) -> LimitedApp:
    """An app that lets answers end for so many seconds, and a reader who sees one growing."""

    def begin(shutdown_s: float) -> tuple[App, Person]:
        app = start_app(**lights.environment(model), FOOTNOTE_ANSWERS__SHUTDOWN_S=str(shutdown_s))
        reader = visit(app)
        reader.watch.expect_outage()
        reader.open("/documents")
        reader.upload(lights.HANDBOOK)
        reader.turn_to("/")
        reader.ask(lights.QUESTION)
        return app, reader

    return begin


def test_a_running_answer_ends_and_its_reader_sees_it(asked: LimitedApp, model: ModelServer) -> None:
    model.default = lights.slow_answer()
    app, reader = asked(60)
    expect(reader.answers.last).to_contain_text(BEGINNING, timeout=PATIENCE_MS)

    app.ask_to_end()

    reader.wait_for_answer(END)
    assert app.wait_for_end() == 0
    assert app.rows(ANSWER)[0][0] == "answered"
    expect(reader.answers.last).to_contain_text(END)


def test_an_endless_answer_is_interrupted_with_its_text(asked: LimitedApp, model: ModelServer) -> None:
    model.default = Endless()
    app, reader = asked(1)
    expect(reader.answers.last).to_contain_text(ENDLESS, timeout=PATIENCE_MS)

    app.ask_to_end()

    expect(reader.answers.last).to_contain_text(problems.problem("interrupted").happened, timeout=PATIENCE_MS)
    assert app.wait_for_end() == 0
    [(state, text)] = app.rows(ANSWER)
    assert (state, ENDLESS in text) == ("interrupted", True)


def test_a_question_that_comes_too_late_stays_in_its_box(asked: LimitedApp, model: ModelServer, visit: Visit) -> None:
    model.default = LASTING
    app, reader = asked(600)
    other = visit(app)
    other.watch.expect_outage()
    other.open()
    expect(reader.answers.last).to_contain_text(BEGINNING, timeout=PATIENCE_MS)
    app.ask_to_end()
    wait_until_closing(app)

    other.question_box.fill("Is anybody there?")
    other.question_box.press("Enter")

    expect(other.notices.first).to_contain_text(problems.problem("shutting_down").happened)
    expect(other.question_box).to_have_value("Is anybody there?")
    app.ask_to_end()
    assert app.wait_for_end() == 0
    assert app.rows("SELECT count(*) FROM messages WHERE text LIKE 'Is anybody%'") == [(0,)]


def test_a_second_signal_ends_at_once(asked: LimitedApp, model: ModelServer) -> None:
    model.default = LASTING
    app, reader = asked(600)
    expect(reader.answers.last).to_contain_text(BEGINNING, timeout=PATIENCE_MS)

    app.ask_to_end()
    wait_until_closing(app)
    app.ask_to_end()

    assert app.wait_for_end() == 0
    assert app.rows(ANSWER)[0][0] == "interrupted"


def wait_until_closing(app: App) -> None:
    until = time.monotonic() + 20
    while app.status("/api/ready") != 503:
        assert time.monotonic() < until
        time.sleep(0.05)
