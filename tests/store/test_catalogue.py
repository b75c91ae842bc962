"""The catalogue: pages of documents, filtered and in the wanted order."""

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from store import catalogue, chunks, documents
from store.documents import NewChunk, NewDocument
from store.engine import Database
from store.records import Wanted


def put(session: Session, name: str, *, size: int = 1, tags: Sequence[str] = (), hidden: str = "") -> int:
    findings = [{"kind": "hidden_text", "words": hidden, "page": None}] if hidden else []
    chunk = NewChunk(ordinal=0, start=0, end=4, section="", page=None)
    new = NewDocument(name, name.title(), name, size, None, "Text", [chunk], tags=tags, findings=findings)
    return documents.add(session, new)


@pytest.fixture
def shelf(database: Database) -> Database:
    """Five documents, the first one ready, the third switched off, the fifth with something hidden in it."""
    with database.write() as session:
        ids = [
            put(session, "apple.md", size=30, tags=["fruit"]),
            put(session, "bread.md", size=50),
            put(session, "Cherry.md", size=10, tags=["fruit", "red"]),
            put(session, "date 100%.md", size=40),
            put(session, "egg.md", size=20, hidden="yolk"),
        ]
        chunks.mark_embedded(
            session, [chunk.id for chunk in chunks.waiting(session, 10) if chunk.document_id == ids[0]]
        )
        documents.switch(session, ids[2], enabled=False)
    return database


def names(database: Database, wanted: Wanted, **page: int) -> list[str]:
    with database.read() as session:
        return [record.title.split(".")[0] for record in catalogue.browse(session, wanted, **({"limit": 9} | page))[0]]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["Egg", "Date 100%", "Cherry", "Bread", "Apple"]),
        (Wanted(order="oldest"), ["Apple", "Bread", "Cherry", "Date 100%", "Egg"]),
        (Wanted(order="title"), ["Apple", "Bread", "Cherry", "Date 100%", "Egg"]),
        (Wanted(order="largest"), ["Bread", "Date 100%", "Apple", "Egg", "Cherry"]),
        (Wanted(containing="CHERRY"), ["Cherry"]),
        (Wanted(containing="0%"), ["Date 100%"]),
        (Wanted(tags=("red", "fruit")), ["Cherry", "Apple"]),
        (Wanted(state="ready"), ["Apple"]),
        (Wanted(state="vectors_follow"), ["Egg", "Date 100%", "Bread"]),
        (Wanted(state="switched_off"), ["Cherry"]),
        (Wanted(state="with_findings"), ["Egg"]),
        (Wanted(containing="e", tags=("fruit",), state="ready"), ["Apple"]),
    ],
)
def test_documents_are_filtered_and_ordered(shelf: Database, wanted: Wanted, found: list[str]) -> None:
    assert names(shelf, wanted) == found


def test_a_page_is_a_part_of_the_list(shelf: Database) -> None:
    assert names(shelf, Wanted(order="title"), limit=2, offset=2) == ["Cherry", "Date 100%"]


def test_a_page_tells_how_many_there_are_in_all(shelf: Database) -> None:
    with shelf.read() as session:
        assert catalogue.browse(session, Wanted(tags=("fruit",)), limit=1)[1] == 2


def test_a_page_has_tags_and_counts_of_chunks(shelf: Database) -> None:
    with shelf.read() as session:
        [apple] = catalogue.browse(session, Wanted(containing="apple"), limit=9)[0]

    assert (apple.tags, apple.chunks, apple.embedded) == (("fruit",), 1, 1)
