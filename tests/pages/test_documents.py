"""Documents: add them, see how far they are, remove them."""

from collections.abc import Callable

import pytest

from rag.bootstrap import House
from tests.pages.conftest import HANDBOOK, LAMP, Tab

NewTab = Callable[..., Tab]
TIDES = "# Tides\n\nThe tide at Gull Rock turns twice a day.\n"


@pytest.fixture
def shelf(house: House, library_of: Callable, tab: NewTab) -> Tab:
    """A tab over two documents."""
    library_of(house, {"handbook.md": HANDBOOK, "tides.md": TIDES})
    return tab(house)


def listed(tab: Tab) -> list[str]:
    """The titles in the list."""
    known = {document.title.replace("'", r"\'") for document in tab.house.library.listing()}
    said = [markdown.value.strip("*") for markdown in tab.app.main.markdown]
    return sorted(words for words in said if words in known)


def upload(tab: Tab, *files: tuple[str, bytes]) -> None:
    [box] = tab.app.file_uploader
    for name, content in files:
        box.upload(name, content)
    box.run()


def work(house: House) -> None:
    while house.worker.step():
        pass


def test_an_empty_library_says_so(house: House, tab: NewTab) -> None:
    assert "There are no documents yet" in tab(house).open("documents").words()


def test_every_document_is_listed(shelf: Tab) -> None:
    shelf.open("documents")

    assert listed(shelf) == [r"Keeper\'s handbook", "Tides"]
    assert r"handbook\.md" in shelf.words()


@pytest.mark.parametrize("wanted", ["tide", "TIDES.MD"])
def test_the_list_is_filtered_by_title_and_file_name(shelf: Tab, wanted: str) -> None:
    shelf.open("documents")
    shelf.app.text_input(key="documents-filter").set_value(wanted).run()

    assert listed(shelf) == ["Tides"]


def test_a_deleted_document_is_gone_and_answers_no_more(shelf: Tab) -> None:
    [handbook] = [d for d in shelf.house.library.listing() if d.name == "handbook.md"]
    shelf.open("documents").click(f"delete-document-{handbook.id}")
    assert listed(shelf) == ["Tides"]
    shelf.app.switch_page("../pages/chat/page.py").run()

    assert "thirty minutes" not in shelf.ask(LAMP).words()


def test_a_deletion_tells_what_was_deleted(shelf: Tab) -> None:
    [tides] = [d for d in shelf.house.library.listing() if d.name == "tides.md"]
    shelf.open("documents").click(f"delete-document-{tides.id}")

    assert [f"{tides.characters:,} characters" in toast.value for toast in shelf.app.toast] == [True]


def test_uploaded_files_are_queued_and_shown_on_their_way(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    upload(opened, ("tides.md", TIDES.encode()), ("handbook.md", HANDBOOK.encode()))

    assert [entry.name for entry in house.library.unfinished()] == ["tides.md", "handbook.md"]
    assert len(opened.app.progress) == 2


def test_an_uploaded_file_is_listed_once_it_is_read(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    upload(opened, ("tides.md", TIDES.encode()))
    work(house)
    opened.app.run()

    assert (listed(opened), list(opened.app.progress)) == (["Tides"], [])


def test_a_batch_is_added_once(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    upload(opened, ("tides.md", TIDES.encode()))
    opened.app.run()
    opened.app.run()

    assert len(house.library.unfinished()) == 1


def test_a_file_that_is_there_already_is_said_to_be(shelf: Tab) -> None:
    shelf.open("documents")
    upload(shelf, ("again.md", TIDES.encode()))

    assert ["in the library already" in toast.value for toast in shelf.app.toast] == [True]
    assert len(shelf.house.library.listing()) == 2


def test_one_bad_file_does_not_keep_the_others_out(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    upload(opened, ("empty.md", b""), ("song.mp3", b"la la"), ("tides.md", TIDES.encode()))

    assert [entry.name for entry in house.library.unfinished()] == ["tides.md"]
    assert [("empty" in e.value, "cannot be read" in e.value) for e in opened.app.error] == [
        (True, False),
        (False, True),
    ]


def test_a_file_that_could_not_be_read_is_shown_with_its_reason(house: House, tab: NewTab) -> None:
    house.library.add("broken.pdf", b"%PDF-1.4 and nothing more")
    work(house)
    opened = tab(house).open("documents")

    assert [r"broken\.pdf" in error.value for error in opened.app.error] == [True]


def test_a_file_that_could_not_be_read_can_be_dismissed(house: House, tab: NewTab) -> None:
    entry = house.library.add("broken.pdf", b"%PDF-1.4 and nothing more")
    work(house)
    opened = tab(house).open("documents").click(f"dismiss-{entry}")

    assert (list(opened.app.error), house.library.failed()) == ([], [])
