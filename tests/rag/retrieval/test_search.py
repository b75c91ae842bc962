"""From a query to passages: both searches, neighbours merged, cut to size; real SQLite and Chroma."""

from typing import cast

import pytest

from rag.house import House
from rag.retrieval.search import Meaning, MeaningSource, Retriever
from rag.retrieval.vectors import Damaged
from rag.settings import Retrieval as Limits
from rag.types import Passage
from store.engine import Database
from tests.conftest import LibraryOf
from tests.fakes import HashEmbedder
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY

LONG = "# Manual\n\n" + "".join(
    f"The pump number {n} is checked by somebody who knows pumps well and writes it down in the book. "
    for n in range(60)
)


class Cold:
    """Search by meaning that is not there."""

    def meaning(self) -> Meaning | None:
        return None

    def report_damage(self, broken: Meaning) -> None:
        raise AssertionError

    def why_no_meaning(self) -> str:
        return "vectors_warming"


class Broken:
    """An index that answers every search with an error."""

    reported = 0

    def meaning(self) -> Meaning | None:
        return cast(Meaning, self)

    def report_damage(self, broken: Meaning) -> None:
        self.reported += 1

    @property
    def embedder(self) -> HashEmbedder:
        return HashEmbedder()

    @property
    def index(self) -> "Broken":
        return self

    def search(self, *_: object) -> list[object]:
        raise Damaged("The index is broken.")


@pytest.fixture
def stocked(house: House, library_of: LibraryOf) -> House:
    library_of(house, LIBRARY | {"manual.md": LONG})
    return house


def found(house: House, query: str, **limits: int) -> tuple[Passage, ...]:
    return Retriever(house.database, house.warmup, Limits(**limits)).search(query).passages


def by_words(database: Database, source: object) -> Retriever:
    return Retriever(database, cast(MeaningSource, source), Limits())


def test_both_searches_are_fused(stocked: House) -> None:
    best = found(stocked, HOTEL)[0]
    assert (best.number, best.document, best.section) == (1, "Travel", "Travel")
    assert (best.lexical, best.vector is not None) == (1.0, True)
    assert HOTEL_SENTENCE in best.text


def test_passages_are_numbered_from_one_in_their_order(stocked: House) -> None:
    passages = found(stocked, "Is the refund of a hotel night paid to the card?")
    assert [passage.number for passage in passages] == list(range(1, len(passages) + 1))
    assert {passage.document for passage in passages} >= {"Refunds", "Travel"}


def test_a_passage_is_a_span_of_its_document(stocked: House) -> None:
    for passage in found(stocked, "pump book number"):
        text = stocked.library.text(passage.document_id)
        assert text is not None
        assert text[passage.start : passage.end] == passage.text


def test_neighbours_become_one_passage(stocked: House) -> None:
    passage = max(found(stocked, "pump book", passages=10), key=lambda passage: len(passage.chunk_ids))
    assert len(passage.chunk_ids) > 1
    assert list(passage.chunk_ids) == list(range(passage.chunk_ids[0], passage.chunk_ids[-1] + 1))
    assert [place.start for place in passage.places] == sorted(place.start for place in passage.places)


def test_merged_passages_stay_readable(stocked: House) -> None:
    assert all(len(passage.text) <= 2400 for passage in found(stocked, "pump book", passages=10))


def test_no_more_characters_than_the_limit_after_the_first_passage(stocked: House) -> None:
    passages = found(stocked, "pump book hotel refund", characters=1000)
    assert passages
    assert sum(len(passage.text) for passage in passages[1:]) <= 1000


def test_no_more_chunks_than_asked_for(stocked: House) -> None:
    assert sum(len(passage.chunk_ids) for passage in found(stocked, "pump book", passages=2)) == 2


def test_what_has_nothing_in_common_is_not_shown(stocked: House) -> None:
    retrieval = Retriever(stocked.database, stocked.warmup, Limits()).search("zeppelin")
    assert (retrieval.passages, retrieval.relevant, retrieval.library_empty) == ((), False, False)


def test_words_alone_answer_while_vectors_warm_up(stocked: House) -> None:
    retrieval = by_words(stocked.database, Cold()).search(HOTEL)
    assert (retrieval.passages[0].document, retrieval.relevant, retrieval.lesser) == ("Travel", True, "vectors_warming")


def test_a_broken_index_is_reported_and_words_answer(stocked: House, caplog: pytest.LogCaptureFixture) -> None:
    broken = Broken()
    retrieval = by_words(stocked.database, broken).search(HOTEL)
    assert (broken.reported, retrieval.passages[0].document, retrieval.lesser) == (1, "Travel", "vectors_damaged")
    assert "searching by words alone" in caplog.text


def test_an_empty_library_is_told(database: Database) -> None:
    assert by_words(database, Cold()).search(HOTEL).library_empty


def test_a_vector_whose_chunk_is_gone_says_nothing(stocked: House) -> None:
    travel = next(row.id for row in stocked.library.listing() if row.name == "travel.md")
    stocked.library.remove(travel)  # its vector is still there: no step was taken since
    assert "Travel" not in {passage.document for passage in found(stocked, HOTEL)}


@pytest.mark.parametrize("query", ["", "???", "the of and", '"', "x" * 5000, "a " * 5000])
def test_any_text_can_be_searched(stocked: House, query: str) -> None:
    assert Retriever(stocked.database, stocked.warmup, Limits()).search(query).relevant is False


def test_a_new_document_answers_by_its_words_before_its_vectors_are_there(stocked: House) -> None:
    stocked.library.add("tides.md", b"# Tides\n\nThe tide at Gull Rock turns at seven minutes past nine.\n")
    stocked.worker.step()  # reads it; its vectors would follow with the next step
    retrieval = Retriever(stocked.database, stocked.warmup, Limits()).search("When does the tide turn at Gull Rock?")
    assert (retrieval.passages[0].document, retrieval.passages[0].vector, retrieval.relevant) == ("Tides", None, True)
