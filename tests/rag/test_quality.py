"""Quality over a store of its own: periods, groups, what is kept, and files."""

from datetime import date, timedelta
from typing import Any

import pytest

from rag import drawing, quality, stretches, tables
from rag.counted import Counted
from rag.measures import BY_KEY, MEASURES
from rag.quality import Quality, last, today
from store.engine import Database
from store.records import AnswerTally, ItemFilter
from tests.store.test_quality import added, answered, citation


@pytest.fixture(autouse=True)
def _always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "FRESH_S", -1.0)


def fill(database: Database, *ages: int, **changes: Any) -> None:
    with database.write() as session:
        for age in ages:
            answered(session, ago=age, **changes)


def test_a_period_is_counted_beside_the_one_before(database: Database) -> None:
    fill(database, 0, 6, 7, 7, 13, 14)
    picture = Quality(database).picture(last(7))
    assert picture.before
    assert (picture.whole.answers.answers, picture.before.answers.answers) == (2, 3)
    assert [one.counted.answers.answers for one in picture.along] == [1, 0, 0, 0, 0, 0, 1]
    assert (picture.along[0].first, picture.along[-1].last) == (today() - timedelta(days=6), today())


def test_of_all_days_there_is_none_before(database: Database) -> None:
    fill(database, 0, 40)
    picture = Quality(database).picture(last(0))
    assert (picture.whole.answers.answers, picture.before) == (2, None)
    assert all(one.first.weekday() == 0 for one in picture.along[1:])
    assert sum(one.counted.answers.answers for one in picture.along) == 2


def test_days_are_points_of_their_own_where_much_is_asked() -> None:
    begin = date(2026, 5, 1)
    busy = {begin + timedelta(days=at): Counted(AnswerTally(stretches.BUSY)) for at in range(30)}
    wanted = ItemFilter(since=begin, until=begin + timedelta(days=29))
    few = {day: Counted(AnswerTally(2)) for day in busy}
    assert [len(stretches.along(days, wanted)) for days in (busy, few, {})] == [30, 5, 0]


def test_groups_have_names_and_come_by_size(database: Database) -> None:
    with database.write() as session:
        document_id = added(session, "Until nine.")
        answered(session, citations=(citation(document_id),), writer="large")
        answered(session, writer="small")
        answered(session, writer="small", state="refused")
    house = Quality(database)
    assert [one.name for one in house.groups(last(7), "writer")] == ["small", "large"]
    assert [(one.key, one.name) for one in house.groups(last(7), "document")] == [(document_id, "rules")]
    assert [one.name for one in house.groups(last(7), "topic")] == ["no topic yet"]
    assert house.choices() == quality.Choices(["answer@1"], ["large", "small"], [(document_id, "rules")], [])


def test_what_was_counted_is_kept_for_a_moment(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "FRESH_S", 60.0)
    house = Quality(database)
    assert house.picture(last(7)).whole.answers.answers == 0
    fill(database, 0)
    assert house.picture(last(7)).whole.answers.answers == 0
    assert house.picture(last(30)).whole.answers.answers == 1


def test_a_chart_along_time_has_a_point_only_where_enough_was_asked(database: Database) -> None:
    fill(database, *[0] * 10, 3)
    picture = Quality(database).picture(last(7))
    spec = drawing.along(BY_KEY["resolved"], picture.along)
    assert [row["key"] for row in spec["data"]["values"]] == [drawing.key(picture.along[-1])]
    assert spec["description"] == "Resolved, each day"


def test_a_split_has_a_line_for_the_largest_groups_and_one_for_all_others(database: Database) -> None:
    for number, many in enumerate((10, 5, 4, 3, 2, 1)):
        fill(database, *[0] * many, prompt=f"answer@{number}", signals=("copied",))
    fill(database, 5, prompt="")
    lines = Quality(database).lines(last(7), "prompt", BY_KEY["copied"].parts)
    assert [line.name for line in lines] == ["answer@0", "answer@1", "answer@2", "answer@3", "others"]
    counted = [line.along[-1].counted for line in lines]
    assert [one.answers.answers for one in counted] == [10, 5, 4, 3, 3]
    assert [one.signals["copied"] for one in counted] == [10, 5, 4, 3, 3]
    assert lines[-1].along[1].counted.answers.answers == 1
    rows = drawing.apart(BY_KEY["copied"], lines, "prompt")["data"]["values"]
    assert [(row["series"], row["key"]) for row in rows] == [("answer@0", f"0 {drawing.key(lines[0].along[-1])}")]


def test_a_version_that_began_in_between_is_marked(database: Database) -> None:
    fill(database, 6, 6, prompt="answer@1")
    fill(database, 3, prompt="answer@2")
    picture = Quality(database).picture(last(7))
    assert drawing.beginnings(picture.along, picture.begun) == {"answer@2": today() - timedelta(days=3)}
    spec = drawing.along(BY_KEY["answers"], picture.along, picture.begun)
    assert [one["short"] for one in spec["layer"][0]["data"]["values"]] == ["@2"]


def test_every_figure_of_a_period_knows_of_how_many_readers_it_is(database: Database) -> None:
    fill(database, *[0] * 10, 8, person="ana")
    picture = Quality(database).picture(last(7))
    assert picture.before
    assert (picture.whole.spreads["resolved"].readers, picture.before.spreads["copied"].readers) == (1, 1)
    assert picture.along[-1].counted.spreads["resolved"].squares == 100
    assert BY_KEY["resolved"].of(picture.whole).worth == 1


def test_bars_are_as_many_as_can_be_read_and_never_of_one_name() -> None:
    groups = [quality.Group(at, "Policy", Counted(AnswerTally(20 + at, resolved=5))) for at in range(20)]
    rows = drawing.across(BY_KEY["resolved"], groups, "document")["data"]["values"]
    assert len({row["at"] for row in rows}) == len(rows) == drawing.BARS
    assert [row["key"] for row in rows[:2]] == ["0", "1"]


def test_csv_has_every_figure_with_its_interval() -> None:
    lines = tables.figures("Topic", [("=HYPERLINK()", Counted(AnswerTally(10, resolved=3)))], MEASURES).splitlines()
    assert lines[0].startswith(
        '\ufeff"topic","measure","meaning","unit","value","low","high","votes","part","readers","note"'
    )
    assert lines[2].startswith('"\'=HYPERLINK()","Resolved",')
    assert '"share",0.3,0.10779126740' in lines[2]
    assert lines[2].endswith(',10,3,"",""')
    assert len(lines) == len(MEASURES) + 1
