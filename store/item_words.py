"""The words of items, to be searched: a full-text index of question, answer, comment and correction.

FTS5 on SQLite; PostgreSQL will bring its own arm behind the same functions. An entry goes with its item, by a trigger;
`purge` takes what it said out of the index for good, as `store/lexical.py` does for chunks. That writes the whole index
anew, so it is done behind the pages, where `note_deleted` says that there is something to purge.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, bindparam, literal_column, text
from sqlalchemy.orm import Session

from store import facts, item_masked
from store.models import now

STEP_PAGES = 200  # of 4 kB, rewritten by one step of a purge
DELETED = "item words deleted"
_PUT = text("INSERT OR REPLACE INTO item_fts(rowid, words) VALUES (:message_id, :words)")
_KNOWN = text("SELECT rowid, words FROM item_fts WHERE rowid IN :ids").bindparams(bindparam("ids", expanding=True))
_CHANGES = text("SELECT total_changes()")
_MERGES = [text(f"INSERT INTO {one}({one}, rank) VALUES ('merge', :pages)") for one in ("item_fts", "item_masked_fts")]


def put(session: Session, words: Mapping[int, str]) -> None:
    """Makes these the words of items, by their answers' ids."""
    known = {row[0]: row[1] for row in session.execute(_KNOWN, {"ids": list(words)})}
    changed = {message_id: said for message_id, said in words.items() if known.get(message_id) != said}
    if changed:
        session.execute(_PUT, [{"message_id": message_id, "words": said} for message_id, said in changed.items()])
        item_masked.changed(session, changed)


def holding(words: Sequence[str], *, masked: bool) -> ColumnElement[int]:
    """A subquery of the items that hold all of these words, their last one perhaps only begun; for use with `in_`.

    `masked`: as those see them from whom personal data is hidden.
    """
    *whole, last = ('"' + word.replace('"', '""') + '"' for word in words)
    wanted = " ".join([*whole, f"{last} *"])
    index = "item_masked_fts" if masked else "item_fts"
    found = text(f"SELECT rowid FROM {index} WHERE {index} MATCH :item_words").bindparams(item_words=wanted)
    return found.columns(literal_column("rowid")).scalar_subquery()


def purge(session: Session) -> bool:
    """Takes the words of deleted items out of the index for good, one step at a time; False when none is left."""
    before = session.execute(_CHANGES).scalar_one()
    for merge in _MERGES:
        session.execute(merge, {"pages": -STEP_PAGES})
    return bool(session.execute(_CHANGES).scalar_one() - before > len(_MERGES))


def note_deleted(session: Session) -> None:
    """Says that items were deleted, whose words are still in the index."""
    facts.put(session, DELETED, {"at": now().isoformat()})


def deleted(session: Session) -> str | None:
    """When items were last deleted; None when their words are gone."""
    note = facts.get(session, DELETED)
    return note["at"] if note else None


def forget_note(session: Session, noted: str | None) -> None:
    """The words are gone, unless something was deleted since this was noted."""
    if deleted(session) == noted:
        facts.forget(session, DELETED)
