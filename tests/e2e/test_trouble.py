"""When the model fails, readers are told so in words and get the words of their documents."""

import pytest
from playwright.sync_api import expect

from tests.e2e import lighthouse as lights
from tests.e2e.conftest import Visit
from tests.e2e.lighthouse import QUOTE, Lighthouse
from tests.e2e.person import PATIENCE_MS
from tests.model_server import Behaviour, Cut, Refuse, Status

SHOWN = "Each evening the keeper climbs the stairs"


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


def test_a_model_cut_in_mid_answer_leaves_its_text_and_the_documents_go_on(
    lighthouse: Lighthouse, visit: Visit
) -> None:
    lighthouse.model.default = Cut(f'{{"answer": "{SHOWN} and', delay_s=0.03)
    reader = visit(lighthouse.app)
    reader.open()

    reader.ask(lights.QUESTION)

    answer = reader.wait_for_answer(SHOWN)
    expect(answer).to_contain_text(QUOTE)
    expect(answer.get_by_test_id("stAlert")).to_be_visible()
