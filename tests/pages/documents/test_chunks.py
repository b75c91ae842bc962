"""The chunks of a document: all of its text, what became of each, and a switch for each."""

import pytest

from rag.catalogue import ShownDocument
from rag.house import House
from tests.pages.conftest import LAMP, Tab
from tests.pages.documents.shelf import LibraryOf, NewTab

LONG = "# Tale\n\n" + "\n\n".join(f"## Part {n}\n\nThis is part number {n} of it. {'La. ' * 200}" for n in range(50))


@pytest.fixture
def handbook(shelf: Tab, ids: dict[str, int]) -> ShownDocument:
    found = shelf.house.catalogue.open(ids["handbook.md"])
    assert found
    return found


@pytest.fixture
def tale(house: House, library_of: LibraryOf) -> ShownDocument:
    """A document of at least fifty chunks."""
    found = house.catalogue.open(library_of(house, {"tale.md": LONG})["tale.md"])
    assert found
    assert len(found.chunks) >= 50
    return found


def shown(tab: Tab) -> list[int]:
    """The ids of the chunks on the page."""
    prefix = "chunk-enabled-"
    return [int(toggle.key.removeprefix(prefix)) for toggle in tab.app.toggle if (toggle.key or "").startswith(prefix)]


def test_every_chunk_is_shown_with_its_words(shelf: Tab, handbook: ShownDocument) -> None:
    words = shelf.open("documents", d=str(handbook.record.id)).words()

    assert shown(shelf) == [chunk.id for chunk in handbook.chunks]
    assert r"It burns four litres of oil a night\." in words


def test_a_chunk_tells_how_often_it_was_found_and_cited(shelf: Tab, handbook: ShownDocument) -> None:
    shelf.open().ask(LAMP)
    shelf.app.query_params["d"] = str(handbook.record.id)
    shelf.app.switch_page("../pages/documents/page.py").run()

    assert "found 1×" in shelf.words()
    assert "cited 1×" in shelf.words()


def test_a_chunk_that_is_switched_off_answers_no_more(shelf: Tab, handbook: ShownDocument) -> None:
    [lamp] = [chunk for chunk in handbook.chunks if "sunset" in chunk.text]
    shelf.open("documents", d=str(handbook.record.id))
    shelf.app.toggle(key=f"chunk-enabled-{lamp.id}").set_value(False).run()
    assert "switched off" in shelf.words()
    shelf.app.switch_page("../pages/chat/page.py").run()

    assert "thirty minutes" not in shelf.ask(LAMP).words()


def test_a_chunk_without_its_vector_says_so(shelf: Tab) -> None:
    shelf.house.library.add("new.md", b"# New\n\nSomething new.")
    shelf.house.worker._readings[0].step()
    [new] = [document for document in shelf.house.library.listing() if document.name == "new.md"]

    assert "vector follows" in shelf.open("documents", d=str(new.id)).words()


def test_a_long_document_has_pages(house: House, tale: ShownDocument, tab: NewTab) -> None:
    opened = tab(house).open("documents", d=str(tale.record.id))
    assert shown(opened) == [chunk.id for chunk in tale.chunks[:20]]
    opened.app.session_state[f"chunks-page-{tale.record.id}"] = 2
    opened.app.run()

    assert shown(opened) == [chunk.id for chunk in tale.chunks[20:40]]


def test_an_address_may_name_the_chunk_to_begin_at(house: House, tale: ShownDocument, tab: NewTab) -> None:
    chunk = tale.chunks[45]
    opened = tab(house).open("documents", d=str(tale.record.id), chunk=str(chunk.id))

    assert chunk.id in shown(opened)
    assert opened.words().count(": opened]") == 1


def test_chunks_are_searched_by_their_words(house: House, tale: ShownDocument, tab: NewTab) -> None:
    opened = tab(house).open("documents", d=str(tale.record.id))
    opened.app.text_input(key=f"chunks-filter-{tale.record.id}").set_value("part NUMBER 33").run()

    assert [chunk.section.split(" › ")[-1] for chunk in tale.chunks if chunk.id in shown(opened)] == ["Part 33"]


def test_chunks_that_are_switched_off_are_found(house: House, tale: ShownDocument, tab: NewTab) -> None:
    house.catalogue.switch_chunk(tale.chunks[30].id, enabled=False)
    opened = tab(house).open("documents", d=str(tale.record.id))
    opened.app.get_by_key(f"chunks-which-{tale.record.id}").set_value("Switched off").run()

    assert shown(opened) == [tale.chunks[30].id]


def test_no_chunk_like_that_says_so(shelf: Tab, handbook: ShownDocument) -> None:
    shelf.open("documents", d=str(handbook.record.id))
    shelf.app.text_input(key=f"chunks-filter-{handbook.record.id}").set_value("zebra").run()

    assert "No chunk is like that" in shelf.words()


def test_words_of_documents_are_shown_as_words(house: House, library_of: LibraryOf, tab: NewTab) -> None:
    evil = "# X\n\n![x](http://evil.example/x.png) <img src=x> :red[x] $x$ [y](javascript:alert)"
    ids = library_of(house, {"x.txt": evil})

    assert r"\!\[x\]\(http" in tab(house).open("documents", d=str(ids["x.txt"])).words()
