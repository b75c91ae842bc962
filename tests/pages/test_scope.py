"""Questions narrowed to documents with a tag: chosen near the box, kept for the tab, told afterwards."""

from collections.abc import Callable

import pytest

from rag.house import House
from tests.pages.conftest import HANDBOOK, LAMP, Tab

TIDES = "# Tides\n\nThe tide at Gull Rock turns twice a day.\n"


@pytest.fixture
def tagged(house: House, library_of: Callable[..., dict[str, int]], tab: Callable[..., Tab]) -> Tab:
    """A tab over a handbook with the tag "rules" and a text on tides with the tag "sea"."""
    ids = library_of(house, {"handbook.md": HANDBOOK, "tides.md": TIDES})
    house.catalogue.tag(ids["handbook.md"], ["rules"])
    house.catalogue.tag(ids["tides.md"], ["sea"])
    return tab(house).open()


def narrow(tab: Tab, *tags: str) -> Tab:
    tab.app.get_by_key("search-in").set_value(list(tags)).run()
    return tab


def label(tab: Tab) -> str:
    return str(tab.app.get_by_key("scope-menu").proto.popover.label)


def tags_of_trace(tab: Tab) -> list[str] | None:
    trace = tab.house.assistant.trace(tab.person, tab.answer().id)
    assert trace
    found: list[str] | None = trace.settings.get("tags")
    return found


def test_without_tags_there_is_nothing_to_choose(keeper: Tab) -> None:
    assert not keeper.open().has("scope-all")


def test_all_documents_are_searched_until_a_tag_is_chosen(tagged: Tab) -> None:
    assert "thirty minutes" in tagged.ask(LAMP).words()
    assert (label(tagged), tags_of_trace(tagged)) == ("Search in: all documents", None)


def test_only_documents_with_the_tag_are_searched(tagged: Tab) -> None:
    assert "thirty minutes" not in narrow(tagged, "sea").ask(LAMP).words()
    assert (label(tagged), tags_of_trace(tagged)) == ("Search in: sea", ["sea"])


def test_several_tags_widen_the_search(tagged: Tab) -> None:
    assert "thirty minutes" in narrow(tagged, "rules", "sea").ask(LAMP).words()


def test_the_choice_stays_while_other_pages_are_open(tagged: Tab) -> None:
    narrow(tagged, "sea")
    tagged.app.switch_page("../pages/documents/page.py").run()
    tagged.app.switch_page("../pages/chat/page.py").run()

    assert label(tagged) == "Search in: sea"


def test_one_click_leads_back_to_all_documents(tagged: Tab) -> None:
    narrow(tagged, "sea").click("scope-all")

    assert (label(tagged), "thirty minutes" in tagged.ask(LAMP).words()) == ("Search in: all documents", True)


def test_not_found_tells_that_the_search_was_narrow_and_offers_a_wide_one(tagged: Tab) -> None:
    assert "Only documents tagged sea were searched" in narrow(tagged, "sea").ask(LAMP).words()
    tagged.click(f"everywhere-{tagged.answer().id}")

    assert (tags_of_trace(tagged), label(tagged)) == (None, "Search in: all documents")
    assert "thirty minutes" in tagged.words()


def test_a_tag_that_is_gone_narrows_nothing(tagged: Tab) -> None:
    narrow(tagged, "sea")
    [tides] = tagged.house.library.listing(tags=["sea"])
    tagged.house.catalogue.tag(tides.id, [])

    assert "thirty minutes" in tagged.ask(LAMP).words()


def test_why_this_answer_names_the_tags(tagged: Tab) -> None:
    narrow(tagged, "rules").ask(LAMP)
    tagged.app.session_state[f"why-{tagged.answer().id}"] = True
    tagged.app.run()

    assert "documents with a tag of rules" in tagged.words()
