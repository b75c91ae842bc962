"""Build or buy from stored traffic."""

from typing import Any

import pytest
from sqlalchemy import update

from rag import charts
from rag.economics.chart import OWN, chart, reach
from rag.economics.economics import COMPARED, Economics
from rag.economics.sensitivity import lines, swings
from rag.settings import Model, Settings
from store.engine import Database
from store.models import Person, ReviewItem
from tests.rag.exports.answers import answered, library

USAGE = {"usage": {"input_tokens": 2000, "output_tokens": 300}}


def economics(settings: Settings, database: Database, *models: Model) -> Economics:
    return Economics(settings.model_copy(update={"models": list(models)}), database)


def fill(database: Database, number: int = 4, **changes: Any) -> None:
    with database.write() as session:
        document = library(session)
        for at in range(number):
            answered(session, document, person=f"p{at}", **changes)


def priced(name: str = "first", **changes: Any) -> Model:
    return Model.model_validate({"name": name, "model": "m", "base_url": "http://10.0.0.1/v1"} | changes)


def test_a_month_on_a_configured_model_is_its_price_by_its_tokens(settings: Settings, database: Database) -> None:
    fill(database, **USAGE)
    own_price = priced(usd_per_million_input=1, usd_per_million_output=10)
    picture = economics(settings, database, own_price, priced("dark")).picture(30)
    first, dark = picture.hosted[:2]
    assert (picture.estimated, picture.load.input_tokens, picture.load.output_tokens) == (False, 2000, 300)
    assert first.usd_a_question == pytest.approx(0.005)
    assert first.month(picture.volume.month) == pytest.approx(0.005 * picture.volume.month)
    assert (dark.usd_a_question, dark.month(100), dark.break_even) == (None, None, None)


def test_models_of_the_price_list_stand_beside_them(settings: Settings, database: Database) -> None:
    fill(database, **USAGE)
    desk = economics(settings, database)
    assert [one.name for one in desk.picture(30).hosted] == list(COMPARED)
    assert all(one.usd_a_question for one in desk.picture(30).hosted)
    desk.compare(["openai/gpt-4o-mini", "nobody/knows-it"])
    known, unknown = desk.picture(30).hosted
    assert known.usd_a_question == pytest.approx((2000 * 0.15 + 300 * 0.6) / 1e6)
    assert unknown.usd_a_question is None


def test_without_a_model_tokens_are_estimated_from_the_texts(settings: Settings, database: Database) -> None:
    fill(database)
    picture = economics(settings, database).picture(30)
    assert picture.estimated
    assert 500 < picture.load.input_tokens < 1500  # the rules and one short passage
    assert 5 < picture.load.output_tokens < 50


def test_what_was_refused_is_no_traffic_and_demo_traffic_is_counted_apart(
    settings: Settings, database: Database
) -> None:
    fill(database)
    with database.write() as session:
        session.execute(update(ReviewItem).where(ReviewItem.person_id == "p0").values(state="refused"))
        session.execute(update(Person).where(Person.id == "p1").values(demo=True))
    seen = economics(settings, database).picture(30).traffic
    assert (seen.questions, seen.demo, seen.peak_hour in (2, 3)) == (3, 1, True)


def test_assumptions_are_kept_until_they_are_reset(settings: Settings, database: Database) -> None:
    economics(settings, database).assume("billions", 70)
    economics(settings, database).assume("spare", 0)
    again = economics(settings, database)
    assert (again.assumed().billions, again.assumed().kept()) == (70, {"billions": 70.0, "spare": 0})
    again.assume("billions", None)
    assert again.assumed().kept() == {"spare": 0}
    again.reset()
    assert again.assumed().kept() == {}


def test_growth_says_when_the_lines_cross(settings: Settings, database: Database) -> None:
    fill(database, **USAGE)
    desk = economics(settings, database, priced(usd_per_million_input=100, usd_per_million_output=100))
    assert desk.picture(30).months_until(desk.picture(30).hosted[0]) is None
    desk.assume("growth", 0.1)
    picture = desk.picture(30)
    months = picture.months_until(picture.hosted[0])
    assert months is not None
    assert picture.volume.month * 1.1**months == pytest.approx(picture.hosted[0].break_even)


def test_half_and_double_of_each_assumption(settings: Settings, database: Database) -> None:
    fill(database, **USAGE)
    picture = economics(settings, database, priced(usd_per_million_input=10, usd_per_million_output=10)).picture(30)
    found = {one.what: one for one in swings(picture, picture.hosted[0])}
    now, hosted = picture.hosted[0].break_even or 0, found["Price of the hosted model"]
    assert (hosted.high.break_even or 0) < now < (hosted.low.break_even or float("inf"))
    assert (
        found["Price of a GPU"].low.month < picture.own.usd(picture.volume.month) < found["Price of a GPU"].high.month
    )
    assert found["Size of the model"].high.break_even != now


def test_the_chart_can_be_drawn_and_marks_where_the_lines_cross(settings: Settings, database: Database) -> None:
    fill(database, **USAGE)
    picture = economics(settings, database, priced(usd_per_million_input=30, usd_per_million_output=30)).picture(30)
    spec = chart(picture, [picture.hosted[0]])
    rows = spec["data"]["values"]
    assert {row["series"] for row in rows} == {OWN, "first"}
    begin, end = reach(picture, [picture.hosted[0]])
    crossing = picture.hosted[0].break_even
    assert crossing is not None
    assert begin == min(row["at"] for row in rows) <= picture.volume.month < crossing < end
    assert end == pytest.approx(max(row["at"] for row in rows))
    assert charts.svg(spec).startswith("<svg")


def test_lines_for_a_file_end_with_the_model_of_ones_own(settings: Settings, database: Database) -> None:
    fill(database, **USAGE)
    rows = list(lines(economics(settings, database).picture(30)))
    assert [row["kind"] for row in rows] == ["price list"] * 4 + ["own"]
    assert rows[-1]["model"] == "own, 8 billion parameters on 2 GPUs"
