"""Calling a footnote wrong, and naming a better source: stored with each click."""

from collections.abc import Callable

import pytest

from store.records import WrongSourceRecord
from tests.pages.conftest import LAMP, Tab

NewTab = Callable[..., Tab]
OIL = "burns four litres of oil a night"


@pytest.fixture
def flagged(keeper: Tab) -> Tab:
    """A tab with an answer whose footnote was called wrong."""
    keeper.open().ask(LAMP)
    return keeper.click(f"wrong-source-{citation_id(keeper)}")


def citation_id(tab: Tab) -> int:
    return tab.answer().citations[0].id


def said(tab: Tab) -> tuple[WrongSourceRecord, ...]:
    given = tab.answer().feedback
    return given.sources if given else ()


def paste(tab: Tab, words: str) -> None:
    tab.app.text_input(key=f"better-words-{citation_id(tab)}").input(words).run()


def test_one_click_calls_a_source_wrong_and_one_takes_it_back(flagged: Tab) -> None:
    [wrong] = said(flagged)
    assert (wrong.citation_id, wrong.number, wrong.better) == (citation_id(flagged), 1, None)
    assert "You called this source wrong" in flagged.words()
    flagged.click(f"right-source-{citation_id(flagged)}")

    assert (said(flagged), flagged.has(f"wrong-source-{citation_id(flagged)}")) == ((), True)


def test_words_are_looked_up_in_the_documents(flagged: Tab) -> None:
    paste(flagged, OIL)
    better = said(flagged)[0].better
    assert better is not None
    text = flagged.house.library.text(better.document_id) or ""

    assert text[better.start : better.end] == better.quote == OIL
    assert "Better: **Keeper's handbook**" in flagged.words().replace("\\", "")


def test_words_that_stand_nowhere_are_kept(flagged: Tab) -> None:
    paste(flagged, "Ask the harbour master instead")

    assert [(one.better, one.words) for one in said(flagged)] == [(None, "Ask the harbour master instead")]
    assert "stand in none of the documents" in flagged.words()


def test_another_source_can_be_named(flagged: Tab) -> None:
    paste(flagged, "nonsense")
    flagged.click(f"another-{citation_id(flagged)}")

    assert [(one.better, one.words) for one in said(flagged)] == [(None, "")]
    paste(flagged, OIL)
    assert said(flagged)[0].better is not None


def test_another_tab_shows_it_and_another_person_does_not(flagged: Tab, tab: NewTab) -> None:
    where = flagged.app.query_params["c"]
    assert "You called this source wrong" in tab(flagged.house).open(c=where).words()
    other = tab(flagged.house, "ben").open(c=where)

    assert "You called" not in other.words()
