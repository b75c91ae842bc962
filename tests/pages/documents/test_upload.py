"""Adding files: queued once, with their tags, and plain words about what cannot be kept."""

import errno
from pathlib import Path

import pytest

from rag.house import House
from tests.pages.conftest import HANDBOOK, Tab
from tests.pages.documents.shelf import TIDES, NewTab, upload, work


def test_uploaded_files_are_queued(house: House, tab: NewTab) -> None:
    upload(tab(house).open("documents"), ("tides.md", TIDES.encode()), ("handbook.md", HANDBOOK.encode()))

    assert [(entry.name, entry.added_by) for entry in house.library.unfinished()] == [
        ("tides.md", "upload"),
        ("handbook.md", "upload"),
    ]


def test_a_batch_is_added_once(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    upload(opened, ("tides.md", TIDES.encode()))
    opened.app.run()
    opened.app.run()

    assert len(house.library.unfinished()) == 1


def test_a_file_chosen_in_the_box_that_is_about_to_leave_is_added(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    upload(opened, ("tides.md", TIDES.encode()))
    opened.app.file_uploader[0].upload("handbook.md", HANDBOOK.encode()).run()
    opened.app.run()

    assert [entry.name for entry in house.library.unfinished()] == ["tides.md", "handbook.md"]


def test_files_get_the_tags_that_were_chosen(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    opened.app.multiselect(key="upload-tags").set_value(["Sea", "rules"]).run()
    upload(opened, ("tides.md", TIDES.encode()))
    work(house)

    assert [document.tags for document in house.library.listing()] == [("rules", "sea")]


def test_a_file_that_is_there_already_is_said_to_be(shelf: Tab) -> None:
    shelf.open("documents")
    upload(shelf, ("again.md", TIDES.encode()))

    assert r"again\.md is in the library already" in shelf.words()
    assert len(shelf.house.library.listing()) == 2


def test_a_file_of_the_same_name_is_said_to_replace_a_version(shelf: Tab) -> None:
    shelf.open("documents")
    upload(shelf, ("tides.md", b"# Tides\n\nThe tide turns four times a day now.\n"))
    work(shelf.house)
    shelf.app.run()

    assert r"tides\.md is version 2 now\; it replaces version 1" in shelf.words()


def test_words_about_what_arrived_can_be_put_away(shelf: Tab) -> None:
    shelf.open("documents")
    upload(shelf, ("again.md", TIDES.encode()))
    shelf.click("close-arrived")

    assert "in the library already" not in shelf.words()


def test_one_bad_file_does_not_keep_the_others_out(house: House, tab: NewTab) -> None:
    opened = tab(house).open("documents")
    upload(opened, ("empty.md", b""), ("song.mp3", b"la la"), ("tides.md", TIDES.encode()))

    assert [entry.name for entry in house.library.unfinished()] == ["tides.md"]
    assert [("empty" in e.value, "cannot be read" in e.value) for e in opened.app.error] == [
        (True, False),
        (False, True),
    ]


def test_a_full_disk_is_told_in_words(shelf: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    shelf.open("documents")
    monkeypatch.setattr(Path, "write_bytes", full)
    upload(shelf, ("new.md", b"# New\n\nSomething new."))

    assert ["disk is full" in error.value for error in shelf.app.error] == [True]
    assert len(shelf.house.library.listing()) == 2
