"""What may answer: switched on, and tagged as asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest

from rag.house import House
from rag.retrieval.scope import MOST, within
from tests.conftest import LibraryOf
from tests.rag.answering import HOTEL, LIBRARY


@dataclass(frozen=True)
class One:
    chunk_id: int


def found(limit: int) -> list[One]:
    asked.append(limit)
    return [One(number) for number in range(1, 1001)][:limit]


asked: list[int] = []


@pytest.fixture(autouse=True)
def _nothing_asked_yet() -> None:
    asked.clear()


def every(step: int) -> Callable[[Iterable[int]], set[int]]:
    return lambda ids: {number for number in ids if number % step == 0}


def test_one_search_is_enough_where_all_may_answer() -> None:
    assert [one.chunk_id for one in within(found, 3, set)] == [1, 2, 3]
    assert asked == [3]


def test_more_is_asked_for_until_enough_may_answer() -> None:
    assert [one.chunk_id for one in within(found, 3, every(10))] == [10, 20, 30]
    assert asked == [3, 12, 48]


def test_it_ends_when_there_is_no_more() -> None:
    assert [one.chunk_id for one in within(found, 30, every(300))] == [300, 600, 900]
    assert asked[-1] >= 1000


def test_it_gives_up_at_some_point() -> None:
    def endless(limit: int) -> list[One]:
        asked.append(limit)
        return [One(1)] * limit

    assert within(endless, 5, lambda _: set()) == []
    assert asked[-1] == MOST


def names(house: House, tags: Iterable[str] = ()) -> list[str]:
    return [passage.document for passage in house.retriever.search(HOTEL, tuple(tags)).passages]


@pytest.fixture
def filled(house: House, library_of: LibraryOf) -> House:
    ids = library_of(house, LIBRARY)
    house.catalogue.tag(ids["travel.md"], ["HR", " rules "])
    return house


def test_tags_narrow_a_search(filled: House) -> None:
    (title,) = [record.title for record in filled.library.listing() if record.tags]
    assert names(filled, ["hr"]) == [title]
    assert names(filled, ["rules", "nothing"]) == [title]
    assert names(filled, ["nothing"]) == []


def test_tags_are_kept_tidy(filled: House) -> None:
    assert filled.catalogue.tags() == {"hr": 1, "rules": 1}


def test_a_document_that_is_switched_off_is_not_found(filled: House) -> None:
    (title,) = names(filled)[:1]
    (record,) = [record for record in filled.library.listing() if record.title == title]
    filled.catalogue.switch_document(record.id, enabled=False)
    assert title not in names(filled)
    filled.catalogue.switch_document(record.id, enabled=True)
    assert title in names(filled)


def test_a_chunk_that_is_switched_off_is_not_found(filled: House) -> None:
    (first, *_) = filled.try_search(HOTEL)
    filled.catalogue.switch_chunk(first.chunk.id, enabled=False)
    assert first.chunk.id not in {ranked.chunk.id for ranked in filled.try_search(HOTEL)}


def test_a_search_is_laid_open(filled: House) -> None:
    first, *_ = filled.try_search(HOTEL)
    assert (first.rank, first.by_words, first.by_meaning, first.bm25) == (1, 1, 1, 1.0)
    assert "hotel" in first.chunk.text.lower()
