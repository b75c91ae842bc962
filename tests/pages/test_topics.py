"""Topics and gaps as analysts see them."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages.quality import gaps
from pages.quality.topics import short, trend
from rag.house import House
from rag.topics.topics import TopicFigures
from store.records.auditing import AuditFilter
from store.records.topics import TopicCounts
from tests.pages.conftest import PATIENCE_S
from tests.rag.topics.test_keeping import LEAVE, OPEN, PARKING, fill, varied

GYM = ("Where is the gym?", "where is the gym", "=SUM(1)?")


def view() -> None:
    from pages.quality import topics
    from ui import problems
    from ui.resources import house

    problems.show()
    topics.show(house(), "keeper")


@pytest.fixture
def app(house: House, at_home: Callable[[House], None]) -> AppTest:
    """The view over questions of two topics, and some that the documents do not answer."""
    fill(house.database, *varied(*PARKING), *varied(*LEAVE))
    fill(house.database, *GYM, state="not_found")
    house.warmup.wait_for_meaning()
    house.desk.topics.keeping.keep_up(OPEN)
    at_home(house)
    return AppTest.from_function(view, default_timeout=PATIENCE_S)


def words(app: AppTest) -> str:
    return "\n".join(str(one.value) for kind in ("markdown", "caption", "info") for one in getattr(app, kind))


def test_topics_stand_in_a_table_with_intervals(app: AppTest) -> None:
    table = app.run().dataframe[0].value
    assert not app.exception
    assert list(table["Questions"]) == [12, 12, 3]
    assert "guests" in " ".join(table["Topic"])
    assert table["Share"][0] == "44 % (28 to 63 %)"
    assert table["Not found"][2] == "3 of 3"  # few: no share


def test_a_gap_becomes_a_task_that_sql_holds(app: AppTest, house: House) -> None:
    app.run()
    assert "2 people, 2 times" in " ".join(one.label for one in app.expander)
    (gap, *_) = house.desk.topics.gaps(30)
    app.button(key=f"gap-task-{gap.asked[0].answer_id}").click().run()
    (task,) = house.desk.tasks.listing()
    assert (task.kind, task.title) == ("missing", "“where is the gym”")


def test_the_file_of_gaps_holds_no_formula(app: AppTest, house: House) -> None:
    app.run()
    told = gaps.as_csv(house, "keeper", house.desk.topics.gaps(30))
    assert '"where is the gym",2,2,' in told
    assert "'=SUM(1)?" in told
    noted = house.desk.audit.page(AuditFilter(actor="keeper", act="exported"), limit=9)
    assert [(one.act, one.detail) for one in noted] == [("exported", f"{len(house.desk.topics.gaps(30))} gaps, csv")]


def test_looks_at_questions_of_gaps_are_noted(app: AppTest, house: House) -> None:
    app.run()
    shown = {one.answer_id for gap in house.desk.topics.gaps(30)[: gaps.SHOWN] for one in gap.asked[: gaps.EXAMPLES]}
    looks = house.desk.audit.page(AuditFilter(act="looked"), limit=99)
    assert {one.message_id for one in looks} == shown


def test_without_questions_the_page_says_so(house: House, at_home: Callable[[House], None]) -> None:
    at_home(house)
    app = AppTest.from_function(view, default_timeout=PATIENCE_S).run()
    assert "There are no topics yet" in words(app)
    assert gaps.CLOSED in words(app)


def test_a_trend_is_told_only_where_it_is_more_than_chance() -> None:
    nothing = TopicCounts(1, 0, 0, 0, 0, 0, 0, 0)
    assert trend(TopicFigures(None, nothing, nothing, (), (-0.02, 0.3))) == "–"
    assert trend(TopicFigures(None, nothing, nothing, (), (0.04, 0.11))) == "↑ 4 to 11 points"
    assert trend(TopicFigures(None, nothing, nothing, (), (-0.2, -0.05))) == "↓ 5 to 20 points"
    assert short(3, 9) == "3 of 9"
