"""What an answer cost counts, however it ends; and what costs nothing when nothing is left."""

from collections.abc import Callable

import pytest

from rag.assistant import Asked
from rag.house import House
from rag.settings import Budget, Model
from rag.types import Query
from store import spending
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import Endless, ModelServer, Status
from tests.rag.answering import HOTEL, LIBRARY, events_of, of_kind

ANA = "ana"
WORDS = "and on and on"
FOLLOW_UP = "And for that, who decides?"
Paying = Callable[..., House]


@pytest.fixture
def paying(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: Callable[..., Model]
) -> Paying:
    """A house with a model that has a price."""

    def build(**allowed: float) -> House:
        priced = model_at(model_server.url, usd_per_million_input=1000, usd_per_million_output=1000)
        house = build_house(models=[priced], budget=Budget.model_validate({"usd_per_day": 1e6} | allowed))
        library_of(house, LIBRARY)
        return house

    return build


def spent(house: House, person: str = ANA) -> float:
    with house.database.read() as session:
        return spending.of_person(session, person, spending.today()).usd_day


def ended(house: House, asked: Asked) -> str:
    """How an answer ended, when it has."""
    while house.assistant.job(asked.answer_id):
        house.assistant.snapshot(ANA, asked.answer_id, -1, 0.05)
    [question] = house.assistant.conversation(ANA, asked.conversation_id)[1]
    return question.answers[0].state


def growing(house: House) -> Asked:
    """An answer with some words."""
    asked = house.assistant.ask(ANA, HOTEL)
    seen = -1
    while (job := house.assistant.job(asked.answer_id)) and WORDS not in (shot := job.wait(seen, 20)).text:
        seen = shot.version
    return asked


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (lambda house, asked: house.assistant.stop(ANA, asked.answer_id), "stopped"),
        (lambda house, _: house.hurry(), "interrupted"),
    ],
)
def test_what_is_broken_off_is_paid_for(
    paying: Paying, model_server: ModelServer, end: Callable[[House, Asked], None], state: str
) -> None:
    house = paying()
    model_server.default = Endless()
    asked = growing(house)
    end(house, asked)

    assert ended(house, asked) == state
    cost = house.assistant.trace(ANA, asked.answer_id).cost_usd  # type: ignore[union-attr]
    assert cost
    assert spent(house) == pytest.approx(cost)
    assert [one.spent for one in house.budget.states()] == [pytest.approx(cost)]


def test_a_deleted_answer_is_paid_for(paying: Paying, model_server: ModelServer) -> None:
    house = paying()
    model_server.default = Endless()
    asked = growing(house)
    house.assistant.forget(ANA, asked.conversation_id)
    while house.assistant.job(asked.answer_id):
        house.assistant.snapshot(ANA, asked.answer_id, -1, 0.05)

    assert spent(house) > 0


def test_a_request_that_was_refused_costs_nothing(paying: Paying, model_server: ModelServer) -> None:
    house = paying()
    model_server.default = Status(401)

    assert ended(house, house.assistant.ask(ANA, HOTEL)) == "answered"
    assert (len(model_server.requests), spent(house)) == (1, 0)


def rewriting(house: House) -> Query:
    """What becomes of a follow-up."""
    [rewritten] = of_kind(events_of(house, FOLLOW_UP, [(HOTEL, "Up to 140 euros.")], person=ANA), "rewritten")
    query: Query = rewritten.query
    return query


def test_with_nothing_left_a_follow_up_is_rewritten_by_rules_and_no_model_is_asked(
    paying: Paying, model_server: ModelServer
) -> None:
    house = paying(questions_per_person_day=1)
    for _ in range(2):
        house.assistant.ask(ANA, "")  # refused, and counted
    query = rewriting(house)

    assert (query.rewritten_by, query.usage.cost_usd) == ("rules", 0)
    assert model_server.requests == []


def test_with_something_left_the_model_rewrites(paying: Paying, model_server: ModelServer) -> None:
    query = rewriting(paying(questions_per_person_day=1))

    assert query.rewritten_by == "first"
    assert query.usage.cost_usd
