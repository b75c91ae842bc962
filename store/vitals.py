"""How far the library is, and how the database itself does."""

from pathlib import Path

from sqlalchemy import func, make_url, select, text
from sqlalchemy.orm import Session

from store.engine import HEAD, Database
from store.models import Chunk, Document, Entry, Message
from store.progress import UNFINISHED
from store.records import DatabaseState, LibraryCounts


def library(session: Session, process: str) -> LibraryCounts:
    """Counts over documents, chunks and files; `process` is the one whose own answers do not count as elsewhere's."""
    chunks, embedded = session.execute(select(func.count(Chunk.id), func.count(Chunk.id).filter(Chunk.embedded))).one()
    states = dict(session.execute(select(Entry.state, func.count(Entry.id)).group_by(Entry.state)).all())
    elsewhere = select(func.count(Message.id)).where(Message.state == "writing", Message.owner != process)
    return LibraryCounts(
        documents=session.scalar(select(func.count(Document.id))) or 0,
        chunks=chunks,
        embedded=embedded,
        on_their_way=sum(states.get(state, 0) for state in UNFINISHED),
        failed=states.get("failed", 0),
        written_elsewhere=session.scalar(elsewhere) or 0,
    )


def database(database: Database) -> DatabaseState:
    """Its size and whether its tables are up to date. Raises Unavailable."""
    with database.read() as session:
        revision = session.scalar(text("SELECT version_num FROM alembic_version"))
    url = make_url(database.url)
    is_file = database.is_sqlite and url.database not in (None, "", ":memory:")
    file = Path(url.database) if is_file and url.database else None
    return DatabaseState(
        dialect="SQLite" if database.is_sqlite else url.get_backend_name(),
        revision=revision,
        is_current=revision == HEAD,
        file_bytes=_size(file) if file else None,
        log_bytes=_size(Path(f"{file}-wal")) if file else None,
    )


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:  # the log is deleted when the last connection closes
        return 0
