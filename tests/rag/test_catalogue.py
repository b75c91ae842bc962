"""Documents as people look at them: what is said about them is tidied, and what is gone stays gone."""

from collections.abc import Callable

import pytest

from rag.bootstrap import House
from rag.catalogue import Catalogue
from rag.ingest.library import MOST_TAGS, TAG_LENGTH, tidied

LibraryOf = Callable[..., dict[str, int]]


def test_tags_are_tidied() -> None:
    assert tidied(["  Human   Resources ", "human resources", "", " ", "Rules"]) == ["human resources", "rules"]


def test_long_and_many_tags_are_cut() -> None:
    cut = tidied([f"{number} {'x' * 60}" for number in range(30)])

    assert (len(cut), max(map(len, cut))) == (MOST_TAGS, TAG_LENGTH)


def test_a_file_is_queued_with_tidy_tags(house: House) -> None:
    house.library.add("rules.md", b"# Rules\n\nDogs on a leash.", tags=["HR ", "hr"])

    assert [entry.tags for entry in house.library.unfinished()] == [("hr",)]


def test_a_document_that_is_gone_takes_no_tags(house: House, library_of: LibraryOf) -> None:
    document = library_of(house, {"rules.md": "# Rules\n\nDogs on a leash."})["rules.md"]
    house.library.remove(document)
    house.catalogue.tag(document, ["hr"])

    assert house.catalogue.tags() == {}


def test_a_document_that_is_gone_cannot_be_opened(house: House) -> None:
    assert Catalogue(house.database).open(17) is None


@pytest.mark.parametrize("text", ["Dogs on a leash.", "Dogs run free."], ids=["known", "a new version"])
def test_a_file_that_comes_again_brings_its_tags(house: House, library_of: LibraryOf, text: str) -> None:
    document = library_of(house, {"rules.md": "# Rules\n\nDogs on a leash."})["rules.md"]
    house.catalogue.tag(document, ["dogs"])
    house.library.add("rules.md", f"# Rules\n\n{text}".encode(), tags=["HR", "dogs"])
    while house.worker.step():
        pass

    assert [record.tags for record in house.library.listing()] == [("dogs", "hr")]
