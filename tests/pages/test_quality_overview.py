"""The Overview and Compare views of Quality: figures, what is behind them, and two versions side by side."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pages.quality import drawn
from pages.quality.overview import QUIET
from pages.quality.versions import ALONE
from rag import quality
from rag.counted import Counted
from rag.house import House
from rag.stretches import Stretch
from store.records import Grouping, ItemFilter
from tests.pages.conftest import Tab, gone
from tests.store.test_quality import answered
from tests.ui.judge import shown
from ui.problems import NOT_SHOWN


@pytest.fixture
def analyst(house: House, tab: Callable[..., Tab], monkeypatch: pytest.MonkeyPatch) -> Tab:
    monkeypatch.setattr(quality, "FRESH_S", -1.0)
    return tab(house)


def fill(house: House) -> None:
    """Twelve answers of one prompt, rated down, before twelve of another, rated up."""
    with house.database.write() as session:
        for number in range(12):
            answered(session, -1, ago=8, prompt="answer@1", person=f"reader {number}")
            answered(session, 1, prompt="answer@2", person=f"reader {number}")


def test_without_answers_it_says_so(analyst: Tab) -> None:
    assert QUIET in analyst.open("quality").words()


def test_figures_have_intervals_and_changes_only_where_they_are_real(analyst: Tab) -> None:
    """Of 12 in 12, Wilson's interval is 76 to 100 % (scipy)."""
    fill(analyst.house)
    analyst.open("quality").app.segmented_control(key="quality-period").set_value(7).run()
    cards = {card["key"]: card for card in analyst.drawn("cards")}
    assert (cards["rated_up"]["sure"], cards["rated_up"]["change"]) == ("76 to 100 %", "+100 points")
    assert "not enough yet" in cards["returned"]["sure"]
    assert "change: too few to tell" in {card["within"] for card in cards.values()}
    assert not analyst.app.exception
    analyst.app.selectbox(key="quality-split").set_value("prompt").run()
    assert "Lines as CSV" in {one.label for one in analyst.app.get("download_button")}
    assert not analyst.app.exception


def test_a_figure_opens_the_answers_behind_it(analyst: Tab) -> None:
    fill(analyst.house)
    analyst.open("quality").app.selectbox(key="quality-prompt").set_value("answer@1").run()
    analyst.press("quality-figures", "opened", "resolved")
    assert analyst.app.title[0].value == "Review"
    assert dict(analyst.app.query_params).get("prompt") in ("answer@1", ["answer@1"])


def test_versions_are_compared_in_words(analyst: Tab) -> None:
    fill(analyst.house)
    analyst.open("quality").app.segmented_control(key="quality-view").set_value("Compare").run()
    words = shown(analyst.words())
    assert "Sure: better in resolved, rated up, rated down." in words
    assert (analyst.app.selectbox[0].value, analyst.app.selectbox[1].value) == ("answer@1", "answer@2")
    analyst.app.segmented_control(key="quality-kind").set_value("writer").run()
    assert ALONE in analyst.words()


def test_without_the_database_it_says_so_and_goes_on(analyst: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    analyst.open("quality")
    with gone(analyst.house, monkeypatch):
        analyst.app.run()
    assert NOT_SHOWN in analyst.words()


@pytest.mark.parametrize(
    ("by", "key", "expected"),
    [
        ("prompt", "answer@2", ItemFilter(prompt="answer@2")),
        ("writer", "small", ItemFilter(writer="small")),
        ("document", 3, ItemFilter(document=3)),
        ("topic", 4, ItemFilter(topic=4)),
        ("topic", None, None),
        ("prompt", "", None),
    ],
)
def test_a_row_leads_to_its_own_answers_or_nowhere(by: Grouping, key: Any, expected: ItemFilter | None) -> None:
    assert drawn.narrowed(ItemFilter(), key, by) == expected


def test_days_are_named_as_people_do() -> None:
    days = [(date(2026, 5, 4), date(2026, 5, 10)), (date(2026, 4, 27), date(2026, 5, 3)), (date(2026, 5, 4),) * 2]
    names = [drawn.named(Stretch(first, last, Counted())) for first, last in days]
    assert names == ["4 to 10 May 2026", "27 Apr to 3 May 2026", "4 May 2026"]
