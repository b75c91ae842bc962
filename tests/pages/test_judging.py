"""A model as judge on the page: what it costs before it starts, how it ends, and how far it can be trusted."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages.review import exports
from pages.review.judging import FEW, in_words
from rag.exports.judging import Judging
from rag.house import House
from rag.models.chat import ChatModel
from rag.models.line import Line
from rag.models.loop import StreamLoop
from rag.sections import Review
from rag.settings import Answers, Model
from store.records import Agreement
from tests.model_server import ModelServer, Reply
from tests.pages.test_exports import fill, page
from tests.ui.judge import shown as as_read


@pytest.fixture
def judging(house: House, model_server: ModelServer, model_at: Callable[..., Model]) -> Iterator[Judging]:
    model_server.default = Reply('{"reason": "", "faithful": true, "useful": true}')
    loop = StreamLoop()
    model = model_at(model_server.url, usd_per_million_input=1.0, usd_per_million_output=1.0)
    line = Line(model, ChatModel(model, Answers(), loop))
    settings = house.settings.model_copy(update={"models": [model], "review": Review(judge="first")})
    made = Judging(settings, house.database, lambda _: [line])
    house.desk.exports.judging = made
    yield made
    made.close()
    loop.close()


@pytest.fixture
def shown(house: House, at_home: Callable[[House], None]) -> AppTest:
    at_home(house)
    fill(house)
    app = AppTest.from_function(page, default_timeout=20).run()
    return app.segmented_control(key="export-what").set_value(exports.TRAINING).run()


def test_without_a_model_the_choice_says_why_it_is_not_there(shown: AppTest) -> None:
    chosen = shown.selectbox(key="export-by")
    assert ("A model as judge" in chosen.options, "[review] judge names none" in chosen.help) == (False, True)


def test_a_run_tells_its_cost_before_and_its_end_after(judging: Judging, shown: AppTest) -> None:
    shown.selectbox(key="export-by").set_value("judge").run()
    assert "**0** of 2 answers judged by first judge\\@\u20601" in [one.value for one in shown.markdown]
    assert as_read(shown.caption[1].value).startswith(
        "About less than $0.01 for all of them; one run takes at most $1.00."
    )
    shown.button(key="judge-begin").click().run()
    judging._thread.join()  # type: ignore[union-attr]
    shown.run()
    assert as_read(shown.success[0].value).startswith("Everything that fits is judged. 2 of 2 judged")
    assert FEW in " ".join(one.value for one in shown.caption)
    assert judging.plan(exports.ItemFilter()).left == 0


def test_agreement_comes_with_its_interval() -> None:
    assert in_words(Agreement(20, 10, 5, 15)).startswith(
        "The judge says what readers' thumbs say of 35 of 50 answers: 70% (56% to 81%), kappa 0.40."
    )
