"""The ingest queue: files on their way in. Any process adds to it; the owner of the vector index works it off."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from store.models import Chunk, Entry, now
from store.progress import UNFINISHED, UNREAD, record
from store.records import EntryRecord, EntryState

_POISON = "This file stopped the app twice while it was read, so it is left out."
_OVERTAKEN = "A newer version of this file is in the library; this one is not needed any more."
_IN: tuple[EntryState, ...] = ("embedding", "done", "known")
_KEPT = timedelta(days=30)
_EARLIER = aliased(Entry)
_NEXT = (
    select(Entry.id)
    .where(Entry.state == "queued")
    .where(~exists().where(_EARLIER.source == Entry.source, _EARLIER.state.in_(("reading", "splitting"))))
    .order_by(Entry.id)
    .limit(1)
    .subquery()
)


def add(
    session: Session,
    *,
    name: str,
    content_hash: str,
    size: int,
    added_by: str | None,
    source: str = "",
    parent_id: int | None = None,
    tags: Sequence[str] = (),
) -> int:
    """Queues a file whose bytes are already kept."""
    entry = Entry(name=name, content_hash=content_hash, size=size, added_by=added_by, parent_id=parent_id)
    entry.source, entry.tags = source or name, list(tags)
    session.add(entry)
    session.flush()
    return entry.id


def any_queued(session: Session) -> bool:
    """Whether a file waits to be read, and may be."""
    return session.scalar(select(_NEXT.c.id)) is not None


def claim(session: Session) -> EntryRecord | None:
    """Takes the oldest file that waits to be read. In a write transaction no two readers get the same."""
    # Read side by side, an older file from the same source could end last and pass for the newer version.
    row = session.scalar(select(Entry).join(_NEXT, Entry.id == _NEXT.c.id).with_for_update(of=Entry, skip_locked=True))
    if row is None:
        return None
    row.state, row.reading_since, row.parts_done, row.parts = "reading", now(), 0, 0
    session.flush()
    return record(row)


def move(
    session: Session,
    entry_id: int,
    state: EntryState,
    *,
    document_id: int | None = None,
    problem: str | None = None,
    notice: str | None = None,
) -> None:
    """Notes where a file is now."""
    change = update(Entry).where(Entry.id == entry_id)
    session.execute(change.values(state=state, document_id=document_id, problem=problem, notice=notice))


def note_parts(session: Session, entry_id: int, done: int, of: int) -> None:
    """Notes how many of a file's pages, slides or sheets are read."""
    session.execute(update(Entry).where(Entry.id == entry_id).values(parts_done=done, parts=of))


def requeue_unread(session: Session) -> None:
    """Puts back what a process that died was reading; a file that did so twice is left out."""
    session.execute(update(Entry).where(Entry.cancelling, Entry.state.in_(UNREAD)).values(state="cancelled"))
    unread = update(Entry).where(Entry.state.in_(("reading", "splitting")))
    session.execute(unread.where(Entry.attempts >= 1).values(state="failed", problem=_POISON))
    session.execute(unread.values(state="queued", attempts=Entry.attempts + 1))


def cancel(session: Session, entry_id: int) -> EntryRecord | None:
    """Asks that a file be left out; the record says how far it had come. One that waits is left out at once."""
    row = session.get(Entry, entry_id)
    if row is None or row.state not in UNFINISHED:
        return None
    before = record(row)
    row.cancelling = True
    if row.state == "queued":
        row.state = "cancelled"
    for child in session.scalars(select(Entry.id).where(Entry.parent_id == entry_id)):
        cancel(session, child)
    return before


def is_cancelling(session: Session, entry_id: int) -> bool:
    """Whether somebody wants this file left out; also when its entry is gone."""
    return session.scalar(select(Entry.cancelling).where(Entry.id == entry_id)) is not False


def retry(session: Session, entry_id: int) -> bool:
    """Queues a file that failed once more, unless a newer version of it has come in meanwhile."""
    newer = aliased(Entry)
    overtaken = exists().where(newer.source == Entry.source, newer.id > Entry.id, newer.state.in_(_IN))
    old = update(Entry).where(Entry.id == entry_id, Entry.state == "failed", overtaken)
    session.execute(old.values(problem=_OVERTAKEN))
    failed = update(Entry).where(Entry.id == entry_id, Entry.state == "failed", ~overtaken)
    again = failed.values(state="queued", attempts=0, problem=None, cancelling=False)
    return bool(session.execute(again.returning(Entry.id)).first())


def prune(session: Session) -> None:
    """Forgets files that came in, or were left out, more than a month ago."""
    ended = Entry.state.in_(("done", "known", "cancelled"))
    session.execute(delete(Entry).where(ended, Entry.updated_at < now() - _KEPT))


def finish_embedded(session: Session) -> None:
    """Closes the entries whose document has all its vectors."""
    waiting = exists().where(Chunk.document_id == Entry.document_id, ~Chunk.embedded)
    done = update(Entry).where(Entry.state == "embedding", ~waiting)
    session.execute(done.values(state="done", notice=Entry.notice))


def dismiss(session: Session, entry_id: int) -> str | None:
    """Removes a failed entry; gives its content hash, whose file nobody may need any more."""
    return session.scalar(
        delete(Entry).where(Entry.id == entry_id, Entry.state == "failed").returning(Entry.content_hash)
    )


def content_hashes(session: Session) -> set[str]:
    """The files that entries not yet finished, or failed and perhaps to be tried again, are made of."""
    return set(session.scalars(select(Entry.content_hash).where(Entry.state.in_((*UNFINISHED, "failed")))))


def needs(session: Session, content_hash: str) -> bool:
    """Whether such an entry is made of this file."""
    needed = (Entry.content_hash == content_hash) & Entry.state.in_((*UNFINISHED, "failed"))
    return bool(session.scalar(select(exists().where(needed))))
