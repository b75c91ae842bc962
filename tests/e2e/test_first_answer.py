"""From an empty page to an answer whose footnote opens the exact words it rests on."""

from playwright.sync_api import Locator, expect

from tests.e2e import lighthouse as lights
from tests.e2e.conftest import StartApp, Visit
from tests.e2e.person import PATIENCE_MS, answer_id
from tests.e2e.running import App
from tests.model_server import ModelServer

IN_VIEW = """mark => {
    const box = mark.closest(".text").getBoundingClientRect(), words = mark.getBoundingClientRect();
    return words.height > 0 && words.top >= box.top && words.top < box.bottom;
}"""


def test_a_suggestion_leads_to_the_cited_words_in_their_document(samples: App, visit: Visit) -> None:
    reader = visit(samples)
    reader.open()

    reader.all_keyed("suggestion").get_by_role("button").first.click()
    answer = reader.wait_for_answer("E-37")
    marked = reader.open_footnote(answer)

    cited = samples.rows("SELECT quote FROM citations WHERE message_id = ? ORDER BY number, id", answer_id(answer))
    expect(marked).to_have_text(cited[0][0])
    assert is_in_view(marked)
    reader.close_source()
    expect(answer).to_be_visible()


def test_a_question_in_the_first_second_is_answered(start_app: StartApp, model: ModelServer, visit: Visit) -> None:
    """Model, validation and search by meaning are still loading then."""
    app = start_app(**lights.environment(model))
    reader = visit(app)
    reader.open("/documents")
    reader.upload(lights.HANDBOOK)
    reader.turn_to("/")

    assert "warming" in app.state().values()
    reader.ask(lights.QUESTION)

    answer = reader.wait_for_answer("It is lit at half past six.")
    expect(answer.locator('[class*="st-key-sources-"]')).to_contain_text(lights.QUOTE, timeout=PATIENCE_MS)


def is_in_view(marked: Locator) -> bool:
    """Whether the highlighted words stand inside the visible part of their scroll box."""
    expect(marked).to_be_in_viewport()
    return bool(marked.evaluate(IN_VIEW))
