"""How far a file is on its way in, in words."""

from datetime import UTC, datetime
from pathlib import PurePath

from store.records import EntryRecord
from ui.words import about

PARTS = {".pptx": "slide", ".odp": "slide", ".xlsx": "sheet", ".ods": "sheet", ".epub": "chapter"}  # else: page
INSIDE = "!/"  # between an archive's source and that of a file in it


def name(entry: EntryRecord) -> str:
    """A file's name, and the archive or mail it came in."""
    outer = entry.source.split(INSIDE)[0] if entry.parent_id else ""
    return f"{entry.name} (in {PurePath(outer).name})" if outer else entry.name


def stage(entry: EntryRecord, *, chunks_per_s: float, meaning: str, now: datetime | None = None) -> str:
    """What happens to it, and how long that will take where this is known.

    `chunks_per_s`: 0 when nothing was embedded yet. `meaning`: the state of that part, see rag/warmup.py.
    """
    match entry.state:
        case "queued":
            return "waiting"
        case "reading":
            return _reading(entry, now or datetime.now(UTC))
        case "splitting":
            return "being split"
    if meaning != "ready":
        return f"searchable by words – vectors follow {'once the app is warm' if meaning == 'warming' else 'later'}"
    words = f"searchable by words – vectors follow ({entry.embedded:,} of {entry.chunks:,} chunks)"
    left = entry.ahead / chunks_per_s if chunks_per_s else 0.0
    return f"{words}, {about(left)} left" if left else words


def share(entry: EntryRecord) -> float:
    """How much of the way is done, from 0 to 1: reading is the first half, vectors the second."""
    if entry.state == "embedding":
        return 0.5 + 0.5 * entry.embedded / max(1, entry.chunks)
    if entry.state == "splitting":
        return 0.5
    return 0.5 * min(1.0, entry.parts_done / entry.parts) if entry.parts else 0.0


def can_cancel(entry: EntryRecord) -> bool:
    """A new version answers as soon as it is read: then there is nothing left to give up."""
    return entry.state != "embedding" or entry.notice is None


def _reading(entry: EntryRecord, now: datetime) -> str:
    if not entry.parts:
        return "being read"
    part = PARTS.get(PurePath(entry.name).suffix.lower(), "page")
    words = f"reading {part} {min(entry.parts_done + 1, entry.parts):,} of {entry.parts:,}"
    if not (entry.parts_done and entry.reading_since):
        return words
    left = (now - entry.reading_since).total_seconds() / entry.parts_done * (entry.parts - entry.parts_done)
    return f"{words}, {about(left)} left" if left >= 5 else words
