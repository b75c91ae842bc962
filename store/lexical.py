"""Lexical search: FTS5 with bm25 on SQLite, in the same database and transaction as the text itself.

PostgreSQL will bring its own arm (tsvector) behind the same public functions.

The rarer words of a question choose the chunks, all its words weigh them (docs/decisions/0005): a word that stands in
a tenth of all chunks costs the most and decides the least. In a library of up to `ENOUGH` chunks all words choose.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

# Weights of the columns title, section and text: a word in a heading says more about a chunk than one in its text.
TITLE, SECTION, TEXT = 1.5, 2.0, 1.0
# Occurrences, one a chunk, after which a commoner word chooses no more chunks; chosen by benchmarks/lexical.py.
ENOUGH = 2_000
STEP_PAGES = 200  # of 4 kB, rewritten by one step of a purge

_SEARCH = text(
    "SELECT rowid, -bm25(chunk_fts, :title, :section, :text) AS score FROM chunk_fts "
    "WHERE chunk_fts MATCH :words ORDER BY score DESC LIMIT :limit"
)
_TOTAL = text("SELECT count(*) FROM chunks")
_COUNTS = text(
    "SELECT value AS words, (SELECT count(*) FROM chunk_fts WHERE chunk_fts MATCH value) AS chunks "
    "FROM json_each(:searches)"
)
_CHANGES = text("SELECT total_changes()")
_MERGE = text("INSERT INTO chunk_fts(chunk_fts, rank) VALUES ('merge', :pages)")


@dataclass(frozen=True, slots=True)
class Hit:
    chunk_id: int
    score: float  # bm25, the higher the better


def search(
    session: Session, terms: Sequence[str], limit: int, *, counted: tuple[int, dict[str, int]] | None = None
) -> list[Hit]:
    """The chunks in which most of these words weigh most, the best first; the words are stemmed by the index.

    `counted` is what `frequencies` says of them, where that was asked already.
    """
    if not terms:
        return []
    choosing, weighing = _parted(terms, *(counted or frequencies(session, terms)))
    words, share = _any_of(choosing), 1.0
    if weighing:
        # A word that stands in the query twice weighs twice: so all do, and the sum is halved.
        words, share = f"({words}) AND ({_any_of([*choosing, *weighing, *weighing])})", 0.5
    weights = {"title": TITLE, "section": SECTION, "text": TEXT}
    found = session.execute(_SEARCH, weights | {"words": words, "limit": limit})
    return [Hit(chunk_id, score * share) for chunk_id, score in found]


def frequencies(session: Session, terms: Sequence[str]) -> tuple[int, dict[str, int]]:
    """How many chunks there are, and in how many of them each word stands."""
    return session.execute(_TOTAL).scalar_one(), _counts(session, terms)


def purge(session: Session) -> bool:
    """Takes the words of deleted chunks out of the index for good, one step at a time; False when none is left.

    Deleting only notes that an entry is void; merging leaves it out. A step holds the write lock for some ten
    milliseconds, all steps together rewrite the index: give each a transaction of its own.
    """
    before = session.execute(_CHANGES).scalar_one()
    session.execute(_MERGE, {"pages": -STEP_PAGES})  # below zero: everything into one segment, as 'optimize' does
    return bool(session.execute(_CHANGES).scalar_one() - before > 1)


def _parted(terms: Sequence[str], total: int, counts: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """The rarer words, which together give enough chunks to choose from, and the commoner ones."""
    if len(terms) == 1 or total <= ENOUGH:
        return list(terms), []
    given, ordered = 0, sorted(counts, key=lambda term: counts[term])
    for place, term in enumerate(ordered, start=1):
        given += counts[term]
        if given >= ENOUGH:
            return ordered[:place], ordered[place:]
    return ordered, []


def _counts(session: Session, terms: Sequence[str]) -> dict[str, int]:
    """In how many chunks each word stands: all words in one statement, since a statement costs more than a count."""
    searches = {_any_of([term]): term for term in terms}
    found = session.execute(_COUNTS, {"searches": json.dumps(list(searches))})
    return {searches[row.words]: row.chunks for row in found}


def is_whole(session: Session) -> bool:
    """Whether the index holds exactly the words of the chunks; reads all of them, seconds for a very large library."""
    try:
        session.execute(text("INSERT INTO chunk_fts(chunk_fts, rank) VALUES ('integrity-check', 1)"))
    except DatabaseError:
        return False
    return True


def rebuild(session: Session) -> None:
    """Makes the index anew from the chunks."""
    session.execute(text("INSERT INTO chunk_fts(chunk_fts) VALUES ('rebuild')"))


def _any_of(terms: Sequence[str]) -> str:
    quoted = ('"' + term.replace('"', '""') + '"' for term in terms)
    return " OR ".join(quoted)
