"""Charts: specifications that can be drawn, and read by people who see colours differently or look at night."""

from datetime import date
from typing import Any

import pytest

from rag import chart_look, charts
from rag.charts import Began, Point

DAYS = [date(2026, 5, day) for day in (4, 11, 18, 25)]
SHARES = (0.61, 0.7, None, 0.66)
LINES = [
    Point(day, value, value and value - 0.1, value and value + 0.1, "61 % (51 to 71 %)", version)
    for version in ("answer@1", "answer@2")
    for day, value in zip(DAYS, SHARES, strict=True)
]
NAMES = [Point("Leave", 0.9, 0.8, 1.0, key="3"), Point("Travel", 0.0, 0.0, 0.2, key="4"), Point("Few", None)]
PAGES = ("#fdfdfb", "#16191d")  # as .streamlit/config.toml has them


def values(spec: charts.Spec) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = spec["data"]["values"]
    return found


@pytest.mark.parametrize(
    "spec",
    [
        charts.over_time("Resolved each week, by prompt version, as shares of all questions", LINES),
        charts.bars("Rated up, by topic", NAMES),
        charts.over_time("Cost", [Point(at, at * 2.0) for at in (1.0, 5.0)], "usd", along="Questions a day"),
        charts.over_time("Resolved", LINES, began=[Began(DAYS[1], "@2", "answer@2 began")], quiet="answer@1"),
        charts.over_time("Nothing yet", []),
        charts.bars("Nothing yet", [], "ms"),
    ],
    ids=["lines", "bars", "numbers", "beginnings", "no lines", "no bars"],
)
def test_charts_are_drawn(spec: charts.Spec) -> None:
    drawn = charts.svg(spec, width=360)
    assert drawn.startswith("<svg")
    assert spec["title"]["text"][0] in drawn
    assert max(map(len, spec["title"]["text"])) <= charts.LINE


def test_an_image_of_dots_is_a_png() -> None:
    assert charts.png(charts.bars("Rated up, by topic", NAMES)).startswith(b"\x89PNG")


def test_what_is_no_chart_is_told() -> None:
    with pytest.raises(ValueError, match="conversion failed"):
        charts.svg({"data": {"values": []}, "mark": "smile"})


def test_no_data_is_fetched() -> None:
    with pytest.raises(ValueError, match="not allowed"):
        charts.svg({"data": {"url": "http://127.0.0.1:9/figures.json"}, "mark": "bar"})


def test_a_line_has_a_gap_where_nothing_is_known() -> None:
    runs = [row["run"] for row in values(charts.over_time("Resolved", LINES[:4]))]
    assert runs == ["answer@1 0", "answer@1 0", "answer@1 1"]


def test_a_click_gives_the_key_of_its_row() -> None:
    assert [row["key"] for row in values(charts.bars("Rated up", NAMES))] == ["3", "4"]
    assert charts.picked({charts.PICKED: [{"key": "4"}]}) == "4"
    assert charts.picked({charts.PICKED: []}) is None


def test_shares_stay_between_none_and_all() -> None:
    assert chart_look.room_for([0.0, 1.0], "share")["domain"] == [0.0, 1.0]
    assert chart_look.from_nothing([0.99], "share")["domain"] == [0, 1.0]


@pytest.mark.parametrize("page", PAGES)
def test_colours_stand_out_from_light_and_dark_pages(page: str) -> None:
    """By 3 to 1, as WCAG 2.2 asks of graphics in 1.4.11."""
    assert [colour for colour in chart_look.COLOURS if contrast(colour, page) < 3] == []


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
