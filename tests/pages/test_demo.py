"""Demo data on the pages that show them: offered, marked, removed at one click."""

import pytest

from tests.pages.conftest import LAMP, Tab

FEW = 40


def test_where_nothing_was_asked_one_click_brings_demo_data(keeper: Tab) -> None:
    demo = keeper.house.desk.demo
    keeper.open("review")
    assert ("demo-load" in keeper.buttons(), "demo-remove" in keeper.buttons()) == (True, False)
    demo.load(answers=FEW)
    keeper.app.run()
    assert ("demo-load" in keeper.buttons(), "demo-remove" in keeper.buttons()) == (False, True)


def test_the_offer_loads_in_the_background(keeper: Tab) -> None:
    keeper.open("quality").click("demo-load")
    keeper.house.desk.demo.close()  # rather than wait for all of it
    assert keeper.house.desk.demo.is_there()


@pytest.mark.parametrize("page", ["review", "quality"])
def test_the_banner_says_how_much_is_invented(keeper: Tab, page: str) -> None:
    keeper.open().ask(LAMP)
    keeper.house.desk.demo.load(answers=FEW)
    keeper.app.switch_page(f"../pages/{page}/page.py").run()
    assert f"{FEW} of {FEW + 1} answers here are invented" in keeper.words()


def test_one_click_removes_them_and_nothing_real(keeper: Tab) -> None:
    keeper.open().ask(LAMP)
    demo = keeper.house.desk.demo
    demo.load(answers=FEW)
    keeper.app.switch_page("../pages/review/page.py").run()
    keeper.click("demo-remove")
    demo.wait()
    keeper.app.run()
    assert (demo.is_there(), demo.shares(), keeper.has("demo-remove")) == (False, (0, 1), False)
    assert [question.text for question in keeper.asked()] == [LAMP]


def test_the_quality_page_offers_this_weeks_report(keeper: Tab) -> None:
    keeper.open().ask(LAMP)
    keeper.app.switch_page("../pages/quality/page.py").run()
    labels = [button.proto.label for button in keeper.app.get("download_button")]
    assert ("This week's report" in labels, len(keeper.app.exception)) == (True, 0)
