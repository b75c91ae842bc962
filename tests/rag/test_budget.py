"""Budgets: what is near, what is spent, and what many at once may overspend."""

from collections.abc import Callable
from datetime import date

import pytest

from rag.budget import Budget, Level, Limit
from rag.cancellation import Cancellation
from rag.models.chain import Chain
from rag.settings import Budget as Allowed
from rag.settings import Model
from store import people, spending
from store.engine import Database
from tests.conftest import BuildHouse, LibraryOf
from tests.model_server import ModelServer
from tests.rag.answering import HOTEL, LIBRARY

ANA, BEN = "ana", "ben"
TODAY = date(2026, 3, 15)
MODEL = Model(name="m", model="m", usd_per_million_input=1000, usd_per_million_output=0)  # usually 3 USD an answer


def budget(database: Database, **allowed: float) -> Budget:
    return Budget(database, Allowed.model_validate(allowed), [MODEL], today=lambda: TODAY)


def spend(database: Database, person: str = ANA, questions: int = 0, usd: float = 0.0, day: date = TODAY) -> None:
    with database.write() as session:
        people.remember(session, person)
        spending.add(session, person, questions=questions, usd=usd, day=day)


def level(of: Budget, person: str = ANA) -> Level:
    return of.level(person, Cancellation())


def test_without_limits_everything_is_free(database: Database) -> None:
    spend(database, usd=1e6, questions=1000)

    assert level(budget(database)) == "free"


@pytest.mark.parametrize(("usd", "expected"), [(7.9, "free"), (8, "near"), (9.99, "near"), (10, "spent")])
def test_money_runs_out_by_the_day(database: Database, usd: float, expected: Level) -> None:
    spend(database, usd=usd)

    assert level(budget(database, usd_per_day=10)) == expected


def test_the_question_itself_does_not_count_against_itself(database: Database) -> None:
    """Of ten questions a day the tenth may still go to a model, the eleventh may not."""
    spend(database, questions=10)
    tenth = level(budget(database, questions_per_day=10))
    spend(database, questions=1)

    assert (tenth, level(budget(database, questions_per_day=10))) == ("near", "spent")


def test_yesterday_counts_for_the_month_only(database: Database) -> None:
    spend(database, usd=10, day=date(2026, 3, 14))

    assert level(budget(database, usd_per_day=10)) == "free"
    assert level(budget(database, usd_per_month=10)) == "spent"


def test_one_persons_limit_leaves_the_others_alone(database: Database) -> None:
    spend(database, ANA, usd=10)
    of = budget(database, usd_per_person_day=10)

    assert (level(of, ANA), level(of, BEN)) == ("spent", "free")


def test_the_limit_of_all_holds_for_everybody(database: Database) -> None:
    spend(database, ANA, usd=10)

    assert level(budget(database, usd_per_month=10), BEN) == "spent"


def test_many_at_once_do_not_all_slip_through(database: Database) -> None:
    of = budget(database, usd_per_day=10)
    under_way = [Cancellation() for _ in range(6)]

    assert [of.level(ANA, one) for one in under_way] == ["free", "free", "free", "near", "spent", "spent"]


def test_an_answer_is_no_competitor_of_itself(database: Database) -> None:
    of, answer = budget(database, usd_per_day=3), Cancellation()

    assert [of.level(ANA, answer) for _ in range(3)] == ["free"] * 3


def test_an_answer_that_ended_makes_room(database: Database) -> None:
    of, answer = budget(database, usd_per_day=3), Cancellation()
    of.level(ANA, answer)
    before = level(of)
    of.paid(ANA, answer, 0.1)

    assert (before, level(of)) == ("spent", "free")


def test_what_this_process_spends_counts_at_once(database: Database) -> None:
    of, answer = budget(database, usd_per_day=10), Cancellation()
    of.level(ANA, answer)
    of.paid(ANA, answer, 10)

    assert level(of) == "spent"


def test_how_the_limits_stand(database: Database) -> None:
    spend(database, ANA, usd=10, questions=4)
    spend(database, BEN, usd=2, questions=1)

    assert budget(database, usd_per_day=20, questions_per_person_month=4).states() == [
        Limit("usd_per_day", 20, 12),
        Limit("questions_per_person_month", 4, 4, people=1),
    ]


class Priced:
    """A line of the chain, as far as choosing looks at it."""

    def __init__(self, name: str, usd: float | None, *, is_open: bool = True) -> None:
        self.name, self.typical_usd, self.is_open = name, usd, is_open


@pytest.mark.parametrize(
    ("lines", "usd", "expected"),
    [
        ([("a", 5), ("b", 9), ("c", 1), ("d", 2)], 0, (["a", "b", "c", "d"], None)),
        ([("a", 5), ("b", 9), ("c", 1), ("d", 2)], 8, (["c", "d", "a", "b"], "budget_near")),
        ([("a", 5), ("b", 9), ("c", None)], 8, (["a", "b", "c"], None)),  # nothing is known to be cheaper
        ([("a", None), ("b", 1)], 8, (["a", "b"], None)),
        ([("a", 5)], 10, ([], "budget_spent")),
        ([], 10, ([], None)),  # no model would have been asked anyway
    ],
)
def test_the_chain_goes_by_the_budget(database: Database, lines: list, usd: float, expected: tuple) -> None:
    spend(database, usd=usd)
    chain = Chain(lambda _: [Priced(*line) for line in lines], budget=budget(database, usd_per_day=10))  # type: ignore[misc]
    chosen = chain.choose(ANA, Cancellation())

    assert ([line.name for line in chosen.lines], chosen.lesser) == expected


@pytest.mark.parametrize(("usd", "lesser"), [(9, "model_resting"), (10, "budget_spent")])
def test_a_spent_budget_is_told_also_while_all_models_rest(database: Database, usd: float, lesser: str) -> None:
    spend(database, usd=usd)
    resting = [Priced("a", 5, is_open=False)]
    chain = Chain(lambda _: resting, budget=budget(database, usd_per_day=10))  # type: ignore[arg-type,return-value]

    assert chain.choose(ANA, Cancellation()).lesser == lesser


def test_when_the_budget_is_spent_the_documents_answer_and_no_model_is_asked(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: Callable[..., Model]
) -> None:
    house = build_house(models=[model_at(model_server.url)], budget=Allowed(questions_per_person_day=1))
    library_of(house, LIBRARY)
    writers = []
    for _ in range(2):
        asked = house.assistant.ask(ANA, HOTEL)
        while house.assistant.job(asked.answer_id):
            house.assistant.snapshot(ANA, asked.answer_id, -1, 0.05)
        answer = house.assistant.conversation(ANA, asked.conversation_id)[1][0].answers[0]
        writers.append((answer.writer, answer.degraded))

    assert writers == [("first", None), ("extractive", "budget_spent")]
    assert len(model_server.requests) == 1


def test_deleting_the_conversation_gives_nothing_back(
    build_house: BuildHouse, library_of: LibraryOf, model_server: ModelServer, model_at: Callable[..., Model]
) -> None:
    priced = model_at(model_server.url, usd_per_million_input=1000, usd_per_million_output=1000)
    house = build_house(models=[priced], budget=Allowed(usd_per_day=100, questions_per_day=10))
    library_of(house, LIBRARY)
    asked = house.assistant.ask(ANA, HOTEL)
    while house.assistant.job(asked.answer_id):
        house.assistant.snapshot(ANA, asked.answer_id, -1, 0.05)
    cost = house.assistant.trace(ANA, asked.answer_id).cost_usd  # type: ignore[union-attr]
    house.assistant.forget(ANA, asked.conversation_id)

    assert cost
    assert [state.spent for state in house.budget.states()] == [pytest.approx(cost), 1]
