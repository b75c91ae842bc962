"""Build or buy on the Quality page."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages.quality import build_or_buy, money
from rag.house import House
from tests.rag.exports.answers import answered, library


def page() -> None:
    from pages.quality import build_or_buy
    from ui.resources import house

    build_or_buy.show(house(), "ana")


@pytest.fixture
def shown(house: House, at_home: Callable[[House], None]) -> AppTest:
    at_home(house)
    return AppTest.from_function(page, default_timeout=20)


def fill(house: House) -> None:
    with house.database.write() as session:
        document = library(session)
        for number in range(3):
            answered(session, document, person=f"p{number}", usage={"input_tokens": 2000, "output_tokens": 300})


def words(app: AppTest) -> str:
    return "\n".join(str(one.value) for kind in ("markdown", "caption", "info") for one in getattr(app, kind))


def test_without_traffic_there_is_nothing_to_reckon(shown: AppTest) -> None:
    assert build_or_buy.QUIET in words(shown.run())


def test_costs_come_with_their_interval_and_what_they_rest_on(shown: AppTest, house: House) -> None:
    fill(house)
    said = words(shown.run())
    assert ("300 out" in said, "From 3 questions of 1 day" in said, "Only 1 day so far" in said) == (
        True,
        True,
        True,
    )
    table = shown.dataframe[0].value
    assert table["model"].iloc[-1] == "Your own, 8 billion parameters on 2 GPUs"
    assert all(" to " in cell for cell in table["USD a month"].iloc[:-1])
    assert len(shown.exception) == 0


def test_an_assumption_counts_at_once_and_goes_back(shown: AppTest, house: House) -> None:
    fill(house)
    shown.run()
    shown.number_input(key="economics-billions-8").set_value(70.0).run()
    assert house.desk.economics.assumed().kept() == {"billions": 70.0}
    assert shown.dataframe[0].value["model"].iloc[-1] == "Your own, 70 billion parameters on 8 GPUs"
    shown.button(key="economics-reset").click().run()
    assert (house.desk.economics.assumed().kept(), shown.number_input(key="economics-billions-8").value) == ({}, 8.0)


def test_models_that_were_chosen_stay(shown: AppTest, house: House) -> None:
    fill(house)
    shown.run().multiselect[0].set_value(["openai/gpt-4o-mini"]).run()
    assert house.desk.economics.compared() == ("openai/gpt-4o-mini",)
    assert shown.dataframe[0].value["model"].iloc[0] == "openai/gpt-4o-mini"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (1234, "1,200"), (987_654, "990,000"), (3.456, "3.5"), (0.0123, "0.012")]
)
def test_reckoned_numbers_have_two_digits_that_count(number: float, said: str) -> None:
    assert money.about(number) == said
