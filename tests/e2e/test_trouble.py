"""When the model fails, readers are told so in words and get the words of their documents."""

import json
import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.e2e import lighthouse as lights
from tests.e2e.conftest import StartApp, Visit
from tests.e2e.lighthouse import QUOTE, Lighthouse
from tests.e2e.person import PATIENCE_MS, Person
from tests.model_server import Behaviour, Cut, ModelServer, Refuse, Reply, Status

SHOWN = "The keeper winds the clockwork every four hours"


@pytest.mark.parametrize("trouble", [Status(401), Status(500), Refuse()], ids=["key refused", "error", "unreachable"])
def test_without_its_model_the_documents_answer(lighthouse: Lighthouse, visit: Visit, trouble: Behaviour) -> None:
    lighthouse.model.default = trouble
    reader = visit(lighthouse.app)
    reader.open()

    reader.ask(lights.QUESTION)

    answer = reader.wait_for_answer(QUOTE)
    expect(answer.get_by_test_id("stAlert")).to_be_visible()
    lighthouse.model.default = lights.answer()
    reader.ask_again(answer)
    expect(reader.answers.last).to_contain_text("It is lit at half past six.", timeout=PATIENCE_MS)
    expect(reader.answers.last.get_by_test_id("stAlert")).to_have_count(0)


def test_a_model_cut_in_mid_answer_leaves_its_checked_words_and_the_documents_go_on(
    lighthouse: Lighthouse, visit: Visit
) -> None:
    lighthouse.model.default = Cut(f'{{"answer": "{SHOWN}. [1] And he', delay_s=0.03)
    reader = visit(lighthouse.app)
    reader.open()

    reader.ask(lights.QUESTION)

    answer = reader.wait_for_answer(SHOWN)
    expect(answer).to_contain_text(QUOTE)
    expect(answer).not_to_contain_text("And he")
    expect(answer.get_by_test_id("stAlert")).to_be_visible()


def test_a_second_model_ends_the_sentence_in_which_the_first_was_cut(
    model: ModelServer, start_app: StartApp, visit: Visit
) -> None:
    cut = lights.LONG.index("harbour") + 3
    model.default = Cut(lights.answer(lights.LONG).text[: len('{"answer": "') + cut], delay_s=0.03)
    with ModelServer(Reply(lights.answer(lights.LONG).text, chunk_size=8, delay_s=0.02)) as second:
        app = start_app(FOOTNOTE_DOCUMENTS__SAMPLES="false", FOOTNOTE_MODELS=chain(model, second))
        reader = visit(app)
        reader.open("/documents")
        reader.upload(lights.HANDBOOK)
        app.wait_until_warm()
        reader.open()
        reader.ask(lights.QUESTION)
        seen = watched(reader)

    assert [pair for pair in pairwise(seen) if not pair[1].startswith(pair[0])] == []
    assert app.rows("SELECT text FROM messages WHERE role = 'answer'") == [(lights.LONG,)]
    expect(reader.answers.last).to_contain_text("Another language model finished this answer.")
    expect(reader.answers.last.get_by_test_id("stAlert")).to_have_count(0)


def chain(*servers: ModelServer) -> str:
    """The settings of these models, in order."""
    names = ("first", "second")
    return json.dumps([{"name": n, "model": s.model, "base_url": s.url} for n, s in zip(names, servers, strict=True)])


MARK = re.compile(r"\u00a0?[?≈] [a-z]\u2060?")  # behind a sentence, once the whole answer was looked at


def watched(reader: Person) -> list[str]:
    """The answer's text as a reader sees it grow, until it is whole."""
    seen: list[str] = []
    texts = reader.answers.last.locator("[data-testid=stMarkdown] p", has_text=lights.BEGINNING[:12])
    while not reader.answers.last.locator('[class*="st-key-rate-"]').count():
        found = MARK.sub("", texts.first.text_content() or "") if texts.count() else None
        if found and found not in seen[-1:]:
            seen.append(found)
    assert len(seen) > 1  # a busy browser draws few of them
    return seen
