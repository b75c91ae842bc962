"""A document as people look at it: chunks, counts, ratings, earlier versions."""

import pytest

from rag.catalogue import Catalogue
from rag.house import House
from rag.ingest.naming import MOST_TAGS, TAG_LENGTH, tidied
from store.records import UseCounts
from tests.conftest import LibraryOf
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY, TRAVEL


def asked(house: House) -> int:
    made = house.assistant.ask("ana", HOTEL)
    while house.assistant.snapshot("ana", made.answer_id, 99, 0.1):
        pass
    return made.answer_id


def test_a_document_is_shown_with_what_answers_made_of_it(house: House, library_of: LibraryOf) -> None:
    travel = library_of(house, LIBRARY)["travel.md"]
    house.assistant.feedback.rate("ana", asked(house), 1)
    asked(house)
    shown = house.catalogue.open(travel)
    assert shown is not None
    assert shown.uses == UseCounts(found=2, cited=2, up=1, down=0)
    assert shown.chunk_uses == {shown.chunks[0].id: (2, 2)}
    assert "".join(shown.text[c.start : c.end] for c in shown.chunks) in shown.text


def test_what_is_gone_cannot_be_opened(house: House) -> None:
    assert house.catalogue.open(7) is None


def test_a_footnote_shows_what_was_cited_then(house: House, library_of: LibraryOf) -> None:
    """The document was replaced since: its old words are kept as long as they are cited."""
    library_of(house, LIBRARY)
    answer_id = asked(house)
    with house.database.read() as session:
        conversation = session.connection().exec_driver_sql("SELECT conversation_id FROM messages").scalar()
    library_of(house, {"travel.md": TRAVEL.replace(HOTEL_SENTENCE, "Hotels are not paid any more.")})
    _, (question,) = house.assistant.conversation("ana", str(conversation))
    (citation,) = (c for a in question.answers if a.id == answer_id for c in a.citations)
    assert citation.document_id is not None
    kept = house.library.text(citation.document_id, citation.version)
    assert kept is not None
    assert kept[citation.start : citation.end] == citation.quote
    assert citation.quote not in str(house.library.text(citation.document_id))


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
