"""What readers do is noted, they see that it is, and can have it otherwise."""

from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import select

from rag.sections import Feedback
from store.models import Signal
from tests.conftest import BuildHouse
from tests.model_server import ModelServer
from tests.pages.conftest import HANDBOOK, LAMP, Tab

NewTab = Callable[..., Tab]


@pytest.fixture
def with_settings(build_house: BuildHouse, library_of: Callable[..., dict[str, int]], tab: NewTab) -> NewTab:
    """A tab over a house with these settings of [feedback]."""

    def opened(**settings: object) -> Tab:
        house = build_house(feedback=Feedback.model_validate(settings))
        library_of(house, {"handbook.md": HANDBOOK})
        return tab(house).open()

    return opened


def noted(tab: Tab) -> Mapping[str, int]:
    tab.house.signals.flush()
    return tab.house.signals.counts(tab.person)


def switch(tab: Tab, *, on: bool) -> None:
    tab.app.toggle(key="note-actions").set_value(on).run()


def test_an_opened_footnote_is_noted_and_no_other_click(keeper: Tab) -> None:
    keeper.open().ask(LAMP)
    keeper.app.feedback(key=f"rate-{keeper.answer().id}").set_value(1).run()
    before = noted(keeper)
    keeper.click(f"source-{keeper.answer().citations[0].id}")

    assert (before, noted(keeper)) == ({}, {"citation_opened": 1})


def test_a_follow_up_that_is_taken_is_noted_with_the_answer_that_offered_it(
    build_house: BuildHouse, model_server: ModelServer, model_at: Callable, library_of: Callable, tab: NewTab
) -> None:
    house = build_house(models=[model_at(model_server.url)])
    library_of(house, {"handbook.md": HANDBOOK})
    opened = tab(house).open().ask(LAMP)
    offering = opened.answer().id
    opened.click(f"follow-up-{offering}-0")
    house.signals.flush()

    with house.database.read() as session:
        kept = session.scalars(select(Signal)).all()
    assert [(one.message_id, one.kind) for one in kept] == [(offering, "follow_up")]


def test_the_same_question_typed_again_is_noted(keeper: Tab) -> None:
    keeper.open().ask(LAMP).ask("when is the lamp lit")

    assert noted(keeper) == {"asked_again": 1}


def test_the_switch_shows_what_the_database_says(keeper: Tab, tab: NewTab) -> None:
    keeper.open()
    switch(keeper, on=False)
    other = tab(keeper.house).open()

    assert (other.app.toggle(key="note-actions").value, other.house.signals.allowed("keeper")) == (False, False)
    switch(other, on=True)
    assert keeper.app.run().toggle(key="note-actions").value


def test_nothing_more_is_noted_when_it_is_switched_off(keeper: Tab) -> None:
    keeper.open().ask(LAMP)
    switch(keeper, on=False)
    keeper.click(f"source-{keeper.answer().citations[0].id}")

    assert noted(keeper) == {}


def test_what_was_noted_is_deleted_with_one_click(keeper: Tab) -> None:
    keeper.open().ask(LAMP).ask(LAMP)
    noted(keeper)
    keeper.app.run()
    assert "So far 1 action of yours" in keeper.words()
    keeper.click("forget-noted")

    assert (noted(keeper), keeper.has("forget-noted")) == ({}, False)


def test_where_readers_are_asked_nothing_is_noted_until_they_say_so(with_settings: NewTab) -> None:
    asking = with_settings(actions="ask")
    assert not asking.app.toggle(key="note-actions").value
    asking.ask(LAMP).ask(LAMP)
    before = noted(asking)
    switch(asking, on=True)
    asking.ask(LAMP)

    assert (before, noted(asking)) == ({}, {"asked_again": 1})


def test_what_is_switched_off_in_the_settings_is_not_there(with_settings: NewTab) -> None:
    silent = with_settings(votes=False, corrections=False, actions="off").ask(LAMP)

    assert [one.key for one in silent.app.toggle] == []
    assert len(silent.app.feedback) == 0
    assert not silent.has(f"correct-{silent.answer().id}")
