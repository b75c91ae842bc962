"""Try a search: the ranks side by side, and the way to each chunk."""

import pytest

from rag.house import House
from tests.conftest import BuildHouse
from tests.fakes import HashEmbedder
from tests.pages.conftest import LAMP, Tab
from tests.pages.documents.shelf import TWO, LibraryOf, NewTab


def tried(tab: Tab, query: str = LAMP) -> Tab:
    tab.open("documents")
    tab.app.get_by_key("documents-view").set_value("Try a search").run()
    tab.app.text_input(key="try-query").set_value(query).run()
    return tab


def test_ranks_stand_side_by_side(shelf: Tab) -> None:
    tried(shelf)

    found = [label for key, label in shelf.buttons().items() if key.startswith("open-")]
    assert found[0] == r"**1** :blue[Keeper\'s handbook]"
    assert ":blue-badge[by words: 1.] :blue-badge[by meaning: 1.] :green-badge[relevance" in shelf.words()


def test_words_of_the_question_stand_out(shelf: Tab) -> None:
    assert r"The **lamp** at Gull Rock is **lit** thirty minutes" in tried(shelf).words()


def test_a_row_opens_its_document_at_the_chunk(shelf: Tab, ids: dict[str, int]) -> None:
    tried(shelf)
    [first, *_] = [key for key in shelf.buttons() if key.startswith("open-")]
    shelf.click(first)

    assert shelf.app.query_params["d"] == str(ids["handbook.md"])
    assert shelf.words().count(": opened]") == 1


def test_the_way_back_leads_to_what_was_found(shelf: Tab) -> None:
    tried(shelf)
    [first, *_] = [key for key in shelf.buttons() if key.startswith("open-")]
    shelf.click(first).click("back")

    assert shelf.has(first)


def test_a_search_is_narrowed_to_tags(shelf: Tab, ids: dict[str, int]) -> None:
    shelf.house.catalogue.tag(ids["tides.md"], ["sea"])
    tried(shelf)
    shelf.app.multiselect(key="try-tags").set_value(["sea"]).run()

    assert "Keeper" not in str(shelf.buttons())


@pytest.mark.parametrize("query", ["hello", "xylophone zebra", "?!"])
def test_nothing_found_says_so(shelf: Tab, ids: dict[str, int], query: str) -> None:
    for document in ids.values():
        shelf.house.catalogue.switch_document(document, enabled=False)

    assert r"Nothing was found" in tried(shelf, query).words()


def test_an_empty_question_finds_nothing_and_complains_of_nothing(shelf: Tab) -> None:
    tried(shelf, "  ")

    assert "Nothing was found" not in shelf.words()


def test_an_empty_library_says_so(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    opened.app.get_by_key("documents-view").set_value("Try a search").run()

    assert "There are no documents yet" in opened.words()


def test_a_search_by_words_alone_says_why(build_house: BuildHouse, library_of: LibraryOf, tab: NewTab) -> None:
    def broken() -> HashEmbedder:
        raise OSError("no model here")

    house = build_house(embedder=broken)
    library_of(house, TWO)
    words = tried(tab(house)).words()

    assert "search by meaning is being repaired" in words
    assert "by meaning: –" in words
