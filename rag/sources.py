"""A better source in a reader's own words: looked up where it stands in the documents."""

from guards.quotes import locate
from rag.retrieval.terms import terms
from store import catalogue, chunks, lexical, texts
from store.engine import Database
from store.records import BetterSourceRecord, ChunkRecord, Wanted

LONGEST = 2000  # characters that are looked up
MOST_TERMS = 40
TRIED = 10  # chunks
ENOUGH = 3  # terms: fewer are found anywhere


def look_up(database: Database, words: str) -> BetterSourceRecord | None:
    """The document in which these words stand, and where; or the one document they name; else None.

    Raises Unavailable.
    """
    words = words.strip()[:LONGEST]
    wanted = terms(words)[:MOST_TERMS]
    with database.read() as session:
        if len(wanted) >= ENOUGH:
            hits = [hit.chunk_id for hit in lexical.search(session, wanted, TRIED)]
            found = chunks.get(session, chunks.may_answer(session, hits))
            for chunk in (found[chunk_id] for chunk_id in hits if chunk_id in found):
                begin = max(0, chunk.start - len(words))  # they may begin in the chunk before
                text = texts.span(session, chunk.document_id, begin, chunk.end + len(words))
                if place := locate(words, text):
                    return _at(chunk, text, begin, place)
        named, _ = catalogue.browse(session, Wanted(words), limit=ENOUGH) if wanted else ([], 0)
    exact = [one for one in named if words.casefold() in (one.title.casefold(), one.name.casefold())]
    only = exact or named
    if len(only) != 1:
        return None
    return BetterSourceRecord(only[0].id, only[0].title, 0, 0, "")


def _at(chunk: ChunkRecord, text: str, begin: int, place: tuple[int, int]) -> BetterSourceRecord:
    start, end = place
    return BetterSourceRecord(chunk.document_id, chunk.title, begin + start, begin + end, text[start:end])
