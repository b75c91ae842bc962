"""A file comes in again: the same, changed, or like another one."""

from sqlalchemy.orm import Session

from store import answers, chunks, documents, lexical, texts, versions
from store.documents import NewChunk, NewDocument
from store.engine import Database
from tests.store.asking import asked, citation, finished, trace

PARTS = ("Alpha one. ", "Beta two. ", "Gamma three. ")


def new(*parts: str, name: str = "rules.md", source: str = "") -> NewDocument:
    places, at = [], 0
    for ordinal, part in enumerate(parts):
        places.append(NewChunk(ordinal, at, at + len(part), "Rules", None))
        at += len(part)
    text = "".join(parts)
    return NewDocument(name, "Rules", f"hash of {text}", len(text), None, text, places, source=source)


def chunk_ids(session: Session, document_id: int) -> dict[str, int]:
    return {chunk.text: chunk.id for chunk in chunks.of_document(session, document_id)}


def test_a_file_from_the_same_source_is_a_new_version(database: Database) -> None:
    with database.write() as session:
        first = versions.put(session, new(*PARTS))
        second = versions.put(session, new("Delta four. "))
        assert (second.document_id, second.version, second.unneeded) == (
            first.document_id,
            2,
            f"hash of {''.join(PARTS)}",
        )
        assert texts.whole(session, first.document_id) == "Delta four. "
        assert lexical.search(session, ["alpha"], 5) == []
        assert len(lexical.search(session, ["delta"], 5)) == 1


def test_chunks_that_stayed_the_same_keep_their_vectors(database: Database) -> None:
    with database.write() as session:
        document_id = versions.put(session, new(*PARTS)).document_id
        before = chunk_ids(session, document_id)
        chunks.mark_embedded(session, list(before.values()))
        versions.put(session, new("New. ", *reversed(PARTS[1:])))
        after = chunk_ids(session, document_id)
        assert [after[part] for part in PARTS[1:]] == [before[part] for part in PARTS[1:]]
        assert chunks.forgotten(session) == [before[PARTS[0]]]
        assert [chunk.text for chunk in chunks.waiting(session, 9)] == ["New. "]
        assert [(c.ordinal, c.start, c.end) for c in chunks.of_document(session, document_id)] == [
            (0, 0, 5),
            (1, 5, 18),
            (2, 18, 28),
        ]


def test_a_chunk_that_was_switched_off_stays_off(database: Database) -> None:
    with database.write() as session:
        document_id = versions.put(session, new(*PARTS)).document_id
        chunks.switch(session, chunk_ids(session, document_id)[PARTS[0]], enabled=False)
        versions.put(session, new(*PARTS, "More. "))
        assert {c.text: c.enabled for c in chunks.of_document(session, document_id)}[PARTS[0]] is False


def test_repeated_words_are_matched_once_each(database: Database) -> None:
    with database.write() as session:
        document_id = versions.put(session, new("Same. ", "Same. ")).document_id
        versions.put(session, new("Same. ", "Same. ", "Same. "))
        assert len({chunk.id for chunk in chunks.of_document(session, document_id)}) == 3


def test_a_text_that_is_cited_is_kept_when_it_is_replaced(database: Database) -> None:
    with database.write() as session:
        document_id = versions.put(session, new(*PARTS)).document_id
        _, _, answer_id = asked(session)
        answers.finish(session, answer_id, finished(citations=(citation(document_id, start=0, end=5),)), trace())
        versions.put(session, new("Delta four. "))
        versions.put(session, new("Epsilon five. "))
        assert texts.span(session, document_id, 0, 5, version=1) == "Alpha"
        assert texts.whole(session, document_id, version=2) is None
        assert texts.whole(session, document_id, version=3) == "Epsilon five. "


def test_a_deletion_takes_the_earlier_versions_along(database: Database) -> None:
    with database.write() as session:
        document_id = versions.put(session, new(*PARTS)).document_id
        _, _, answer_id = asked(session)
        answers.finish(session, answer_id, finished(citations=(citation(document_id),)), trace())
        versions.put(session, new("Delta four. "))
        removed = documents.remove(session, document_id)
        assert removed is not None
        assert (removed.versions, texts.whole(session, document_id, version=1)) == (2, None)


def test_known_words_are_not_stored_again(database: Database) -> None:
    with database.write() as session:
        first = versions.put(session, new(*PARTS))
        again = versions.put(session, new(*PARTS, name="copy.md"))
        assert (again.document_id, again.version, documents.count(session)) == (first.document_id, None, 1)


def test_two_sources_of_one_name_are_two_documents(database: Database) -> None:
    with database.write() as session:
        versions.put(session, new("One. ", source="a/readme.md"))
        versions.put(session, new("Two. ", source="b/readme.md"))
        assert documents.count(session) == 2
