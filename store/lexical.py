"""Lexical search: FTS5 with bm25 on SQLite, in the same database and transaction as the text itself.

PostgreSQL will bring its own arm (tsvector) behind the same two functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

# Weights of the columns title, section and text: a word in a heading says more about a chunk than one in its text.
TITLE, SECTION, TEXT = 1.5, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Hit:
    chunk_id: int
    score: float  # bm25, the higher the better


def search(session: Session, terms: Sequence[str], limit: int) -> list[Hit]:
    """The chunks in which most of these words weigh most, the best first; the words are stemmed by the index."""
    if not terms:
        return []
    found = session.execute(
        text(
            "SELECT rowid, -bm25(chunk_fts, :title, :section, :text) AS score FROM chunk_fts "
            "WHERE chunk_fts MATCH :terms ORDER BY score DESC LIMIT :limit"
        ),
        {"title": TITLE, "section": SECTION, "text": TEXT, "terms": _any_of(terms), "limit": limit},
    )
    return [Hit(row[0], row[1]) for row in found]


def frequencies(session: Session, terms: Sequence[str]) -> tuple[int, dict[str, int]]:
    """How many chunks there are, and in how many of them each word stands."""
    total = session.execute(text("SELECT count(*) FROM chunks")).scalar_one()
    count = text("SELECT count(*) FROM chunk_fts WHERE chunk_fts MATCH :term")
    return total, {term: session.execute(count, {"term": _any_of([term])}).scalar_one() for term in terms}


def purge(session: Session) -> None:
    """Merges the index, so that the words of deleted chunks leave it; takes seconds for a very large one."""
    session.execute(text("INSERT INTO chunk_fts(chunk_fts) VALUES ('optimize')"))


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
