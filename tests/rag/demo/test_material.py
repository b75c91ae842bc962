"""The material of demo data quotes the sample documents letter by letter."""

import tomllib

from rag.demo.library import Shelf
from rag.demo.material import read
from rag.house import House
from rag.samples import SAMPLES
from store.records import ItemFilter
from tests.conftest import LibraryOf


def test_every_quote_stands_in_its_document_and_the_desk_reads_all_of_it(house: House, library_of: LibraryOf) -> None:
    material = read()
    sources = [source for fact in material.facts for source in (fact.now, fact.old) if source]
    names = sorted({source.document for source in sources})
    library_of(house, {name: (SAMPLES / name).read_bytes() for name in names})
    shelf = Shelf(house.database, material)
    places = [shelf.place(source.document, source.quote) for source in sources]
    places += [shelf.place(fact.now.document, fact.more) for fact in material.facts if fact.more]
    assert [place.quote for place in places if place.document_id is None or place.chunk is None] == []
    desk = house.desk  # in one test with the above: reading the samples takes the longest
    desk.demo.load(answers=400)
    read_whole = [desk.inbox.item("ana", one) for one in desk.inbox.ids("ana", ItemFilter(), "worth", limit=50)]
    assert (len(read_whole), all(read_whole)) == (50, True)
    assert all((desk.tasks.listing(), desk.cases.listing(), desk.verified.listing()))


def test_facts_follow_facts_that_there_are() -> None:
    names = {fact.name for fact in read().facts}
    assert {fact.after for fact in read().facts} - {""} <= names
    assert all(bool(fact.after) == bool(fact.then) for fact in read().facts)


def test_the_words_are_in_the_package() -> None:
    told = tomllib.loads((SAMPLES.parents[1] / "pyproject.toml").read_text("utf-8"))
    assert "demo/*.toml" in told["tool"]["setuptools"]["package-data"]["rag"]
