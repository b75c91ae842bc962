"""Check the library: what was found and done is told in sentences."""

import pytest

from rag.house import House
from rag.retrieval.vectors import Damaged
from tests.pages.conftest import Tab


def test_a_library_that_fits_together_says_so(shelf: Tab) -> None:
    assert r"Everything fits together\." in shelf.open("documents").click("check-library").words()


def test_what_was_mended_is_told(shelf: Tab) -> None:
    [path] = [path for path in shelf.house.library.folder.glob("*/*") if b"tide" in path.read_bytes()]
    path.unlink()

    assert r"The originals of tides\.md are gone" in shelf.open("documents").click("check-library").words()


def test_an_index_that_does_not_answer_is_told_in_words(shelf: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(self: House) -> None:
        raise Damaged

    monkeypatch.setattr(House, "check", damaged)

    assert "out of order for the moment" in shelf.open("documents").click("check-library").words()
