"""The list of documents: searched, filtered, ordered, a page at a time."""

import pytest

from rag.house import House
from tests.pages.conftest import Tab
from tests.pages.documents.shelf import LibraryOf, NewTab, listed


def test_an_empty_library_says_so(house: House, tab: NewTab) -> None:
    assert "There are no documents yet" in tab(house).open("documents").words()


def test_every_document_is_listed_the_newest_first(shelf: Tab) -> None:
    shelf.open("documents")

    assert listed(shelf) == ["Tides", "Keeper's handbook"]
    assert r"handbook\.md · 0\.2 kB · 1 chunk · added" in shelf.words()


@pytest.mark.parametrize("wanted", ["tide", "TIDES.MD", " tides "])
def test_the_list_is_searched_by_title_and_file_name(shelf: Tab, wanted: str) -> None:
    shelf.open("documents")
    shelf.app.text_input(key="documents-filter").set_value(wanted).run()

    assert listed(shelf) == ["Tides"]
    assert "1 of 2 documents" in shelf.words()


def test_the_list_is_filtered_by_tag(shelf: Tab, ids: dict[str, int]) -> None:
    shelf.house.catalogue.tag(ids["handbook.md"], ["rules"])
    shelf.open("documents")
    shelf.app.multiselect(key="documents-tags").set_value(["rules"]).run()

    assert listed(shelf) == ["Keeper's handbook"]


def test_the_list_is_filtered_by_state(shelf: Tab, ids: dict[str, int]) -> None:
    shelf.house.catalogue.switch_document(ids["tides.md"], enabled=False)
    shelf.open("documents")
    assert "switched off" in shelf.words()
    shelf.app.selectbox(key="documents-state").set_value("Ready").run()

    assert listed(shelf) == ["Keeper's handbook"]


def test_the_list_is_ordered_by_title(shelf: Tab) -> None:
    shelf.open("documents")
    shelf.app.selectbox(key="documents-order").set_value("By title").run()

    assert listed(shelf) == ["Keeper's handbook", "Tides"]


def test_nothing_found_says_so_and_leads_back(shelf: Tab) -> None:
    shelf.open("documents")
    shelf.app.text_input(key="documents-filter").set_value("zebra").run()
    assert "No document is like that" in shelf.words()
    shelf.click("documents-all")

    assert listed(shelf) == ["Tides", "Keeper's handbook"]


def test_a_long_list_has_pages(house: House, library_of: LibraryOf, tab: NewTab) -> None:
    library_of(house, {f"tale-{number}.md": f"# Tale {number}\n\nOnce." for number in range(30)})
    opened = tab(house).open("documents")
    assert len(listed(opened)) == 25
    opened.app.session_state["documents-page"] = 2
    opened.app.run()

    assert listed(opened) == [f"Tale {number}" for number in range(4, -1, -1)]


def test_another_search_begins_at_the_first_page(house: House, library_of: LibraryOf, tab: NewTab) -> None:
    library_of(house, {f"tale-{number}.md": f"# Tale {number}\n\nOnce." for number in range(30)})
    opened = tab(house).open("documents")
    opened.app.session_state["documents-page"] = 2
    opened.app.run()
    opened.app.text_input(key="documents-filter").set_value("tale 7").run()

    assert listed(opened) == ["Tale 7"]


def test_a_page_that_has_become_empty_gives_way_to_the_last_one(
    house: House, library_of: LibraryOf, tab: NewTab
) -> None:
    ids = library_of(house, {f"tale-{number}.md": f"# Tale {number}\n\nOnce." for number in range(26)})
    opened = tab(house).open("documents")
    opened.app.session_state["documents-page"] = 2
    opened.app.run()
    house.library.remove(ids["tale-0.md"])
    opened.app.run()

    assert len(listed(opened)) == 25


def test_titles_and_names_are_shown_as_words(house: House, library_of: LibraryOf, tab: NewTab) -> None:
    library_of(house, {"![x](http:evil).md": "# :red[x] ![x](http://evil.example/x.png)\n\nOnce."})
    opened = tab(house).open("documents")

    [label] = [label for key, label in opened.buttons().items() if key.startswith("open-")]
    assert label.startswith(r":blue[**\:red\[x\]")
    assert "![" not in opened.words()


def test_a_row_opens_its_document_and_the_way_back_keeps_the_filter(shelf: Tab, ids: dict[str, int]) -> None:
    shelf.open("documents")
    shelf.app.text_input(key="documents-filter").set_value("tide").run()
    shelf.click(f"open-{ids['tides.md']}")
    assert shelf.app.query_params["d"] == str(ids["tides.md"])
    assert shelf.app.header[0].value == "Tides"
    shelf.click("back")

    assert listed(shelf) == ["Tides"]
    assert shelf.app.text_input(key="documents-filter").value == "tide"
