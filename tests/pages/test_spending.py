"""What readers see of cost, budgets, limits and the queue."""

from collections.abc import Callable

import pytest

from pages.chat.writing import queued
from rag import problems
from rag.house import House
from rag.queueing import QueueFull
from rag.settings import Budget, Limits, Model
from tests.model_server import ModelServer, Reply
from tests.pages.conftest import HANDBOOK, LAMP, Tab
from tests.ui.judge import shown

PRICED = {"usd_per_million_input": 1000, "usd_per_million_output": 1000}
SAID = '{"answer": "Early [1].", "citations": [{"passage": 1, "quote": "lit thirty minutes before sunset"}]}'
NewTab = Callable[..., Tab]


@pytest.fixture
def modelled(
    build_house: Callable[..., House],
    model_server: ModelServer,
    model_at: Callable[..., Model],
    library_of: Callable,
    tab: NewTab,
) -> Callable[..., Tab]:
    """A tab over a house with a model of these settings."""

    def new(*, house: dict[str, object] | None = None, **model: object) -> Tab:
        built = build_house(models=[model_at(model_server.url, **model)], **(house or {}))
        library_of(built, {"handbook.md": HANDBOOK})
        return tab(built)

    return new


def why(tab: Tab) -> str:
    tab.app.session_state[f"why-{tab.answer().id}"] = True  # AppTest has no way to open a popover
    tab.app.run()
    return tab.words()


def test_why_this_answer_tells_tokens_and_cost(modelled: Callable[..., Tab]) -> None:
    asked = modelled(**PRICED).open().ask(LAMP)
    trace = asked.house.assistant.trace(asked.person, asked.answer().id)

    assert trace is not None
    assert trace.cost_usd
    assert f"**cost** {trace.cost_usd:.4f} USD" in why(asked)


def test_a_cost_that_was_counted_here_is_about_so_much(modelled: Callable[..., Tab], model_server: ModelServer) -> None:
    said = (
        '{"answer": "It is lit early [1].", "citations": [{"passage": 1, "quote": "lit thirty minutes before sunset"}]}'
    )
    model_server.default = Reply(said, usage=False)
    words = why(modelled(**PRICED).open().ask(LAMP))

    assert "**tokens** about" in words
    assert "**cost** about" in words


def test_a_cost_without_a_price_says_so(modelled: Callable[..., Tab]) -> None:
    assert "**cost** no price known" in why(modelled().open().ask(LAMP))


def test_words_of_the_documents_cost_nothing_and_say_nothing(keeper: Tab) -> None:
    words = why(keeper.open().ask(LAMP))

    assert ("**cost**" in words, "**tokens**" in words) == (False, False)


def test_a_spent_budget_is_told_beside_the_documents_words(modelled: Callable[..., Tab]) -> None:
    asked = modelled(house={"budget": Budget(questions_per_day=1)}).open().ask(LAMP).ask(LAMP)

    assert asked.answer().degraded == "budget_spent"
    assert problems.notice("budget_spent") in asked.words()


def test_a_question_too_many_is_still_in_the_box_with_when_to_send_it(
    build_house: Callable[..., House], library_of: Callable, tab: NewTab
) -> None:
    house = build_house(limits=Limits(questions_per_minute=1))
    library_of(house, {"handbook.md": HANDBOOK})
    asked = tab(house).open().ask(LAMP).ask("And the horn?")

    assert "You have asked many questions in a short time." in shown(asked.words())
    assert "Send it again in " in shown(asked.words())
    assert asked.app.chat_input(key="question").proto.value == "And the horn?"
    assert len(asked.asked()) == 1


def test_a_question_to_a_full_queue_is_still_in_the_box(keeper: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: str) -> None:
        raise QueueFull

    monkeypatch.setattr(keeper.house.jobs, "check", full)
    asked = keeper.open().ask(LAMP)

    assert problems.sentence("queue_full") in shown(asked.words())
    assert (asked.app.chat_input(key="question").proto.value, asked.asked()) == (LAMP, [])


def test_who_waits_sees_how_many_are_ahead() -> None:
    assert [queued(place) for place in range(5)] == [
        "Waiting for a free place",
        "Waiting: yours is the next answer",
        "Waiting: one answer is ahead of yours",
        "Waiting: 2 answers are ahead of yours",
        "Waiting: 3 answers are ahead of yours",
    ]
