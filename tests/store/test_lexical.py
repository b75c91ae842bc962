"""Search by words: FTS5 beside the chunks."""

import pytest
from sqlalchemy import text

from rag.retrieval.terms import terms
from store import chunks, documents, lexical
from store.engine import Database
from tests.store.asking import added


def found(database: Database, *words: str) -> list[str]:
    with database.read() as session:
        hits = lexical.search(session, words, 10)
        records = chunks.get(session, [hit.chunk_id for hit in hits])
        return [records[hit.chunk_id].title for hit in hits]


def test_more_of_the_words_rank_higher(database: Database) -> None:
    with database.write() as session:
        added(session, "The garden closes at nine.", name="one.md", section="")
        added(session, "The garden belongs to nobody, and the gate to the city.", name="none.md", section="")
    assert found(database, "garden", "closes", "nine") == ["one", "none"]


def test_a_word_in_a_heading_weighs_more_than_one_in_the_text(database: Database) -> None:
    with database.write() as session:
        added(session, "The warranty lasts, as said, for two whole years.", name="text.md", section="Lamps")
        added(session, "The lamp, as said, lasts for two whole years too.", name="head.md", section="Warranty")
    assert found(database, "warranty") == ["head", "text"]


def test_words_are_stemmed_and_folded(database: Database) -> None:
    with database.write() as session:
        added(session, "Refunds are paid at the Café.")
    assert found(database, "refund") == ["rules"]
    assert found(database, "cafe") == ["rules"]


def test_no_words_find_nothing(database: Database) -> None:
    assert found(database) == []


@pytest.mark.parametrize("word", ['"', 'a" OR "b', "*", "NEAR(", "title:x", "-", "AND", "(", "x'y", "\\"])
def test_signs_of_the_query_language_are_only_words(database: Database, word: str) -> None:
    with database.write() as session:
        added(session, "The garden closes at nine.")
    assert found(database, word) == []
    assert found(database, word, "garden") == ["rules"]


def test_frequencies_count_chunks(database: Database) -> None:
    with database.write() as session:
        added(session, "Garden one. Garden two. Gate.", pieces=3)
        total, counts = lexical.frequencies(session, ["garden", "gate", "sea"])
    assert (total, counts) == (3, {"garden": 3, "gate": 1, "sea": 0})


def test_a_word_that_is_no_single_word_to_the_index_is_counted_too(database: Database) -> None:
    with database.write() as session:
        added(session, "Version 3.5 is out. Version 3.6 is not. GARDENS.", section="", pieces=3)
        _, counts = lexical.frequencies(session, ["3.5", "GARDEN", "version"])
    assert counts == {"3.5": 1, "GARDEN": 1, "version": 2}


def test_deleted_chunks_are_not_counted(database: Database) -> None:
    with database.write() as session:
        first = added(session, "Garden one.", name="one.md")
        added(session, "Garden two.", name="two.md")
    with database.write() as session:
        documents.remove(session, first)
    with database.read() as session:
        assert lexical.frequencies(session, ["garden", "one"]) == (1, {"garden": 1, "one": 0})


def test_rarer_words_choose_and_all_words_weigh(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The chosen chunks have the very scores that a search by all words gives them."""
    with database.write() as session:
        for n in range(12):
            text = "The garden closes at nine." if n % 3 else f"The garden gate number {n} is of oak, oak, oak."
            added(session, text, name=f"{n}.md", section="")
    with database.read() as session:
        whole = lexical.search(session, ["garden", "gate", "oak"], 20)
        monkeypatch.setattr(lexical, "ENOUGH", 3)
        chosen = lexical.search(session, ["garden", "gate", "oak"], 20)
    assert (len(whole), len(chosen)) == (12, 4)
    assert [(hit.chunk_id, pytest.approx(hit.score)) for hit in chosen] == [(h.chunk_id, h.score) for h in whole[:4]]


def test_words_that_nobody_wrote_choose_nothing_away(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "ENOUGH", 1)
    with database.write() as session:
        added(session, "The garden closes at nine.")
        added(session, "The garden opens at six.", name="two.md")
    assert sorted(found(database, "garden", "unheard")) == ["rules", "two"]


def test_a_purge_comes_to_an_end_in_steps(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical, "STEP_PAGES", 1)
    for n in range(3):
        with database.write() as session:
            added(session, " ".join(f"word{n}x{m}" for m in range(2000)), name=f"{n}.md")
    steps = 0
    while purge(database):
        steps += 1
    assert 1 < steps < 100
    assert len(found(database, "word0x7", "word2x7")) == 2


def purge(database: Database) -> bool:
    with database.write() as session:
        return lexical.purge(session)


def test_the_index_follows_a_changed_chunk(database: Database) -> None:
    with database.write() as session:
        added(session, "The garden closes.", section="")
        session.execute(text("UPDATE chunks SET text = 'The gate opens.'"))
    assert (found(database, "garden"), found(database, "gate")) == ([], ["rules"])


def test_the_index_agrees_with_the_chunks_after_many_changes(database: Database) -> None:
    with database.write() as session:
        ids = [added(session, f"Garden number {n}.", name=f"{n}.md") for n in range(20)]
        for document_id in ids[::2]:
            documents.remove(session, document_id)
        session.execute(text("INSERT INTO chunk_fts(chunk_fts, rank) VALUES ('integrity-check', 1)"))
    assert len(found(database, "garden")) == 10


def test_a_question_of_thousands_of_different_words_is_searched(database: Database) -> None:
    with database.write() as session:
        added(session, "The garden closes at nine.")
    assert found(database, *(f"word{n}" for n in range(2500)), "garden") == ["rules"]


@pytest.mark.parametrize(
    "word",
    [
        "Straße",
        "ﬁnance",
        "Ångström",
        "résumé",
        "naïve",
        "Größe",
        "файл",
        "άλφα",
        "かばん",
        "がっこう",
        "한국어",
        "İzmir",
    ],
)
def test_a_word_finds_itself(database: Database, word: str) -> None:
    """The words of a question are folded as the index folds those of the documents."""
    with database.write() as session:
        added(session, f"One {word} of many.")
    assert found(database, *terms(word)) == ["rules"]
