"""The demo's documents: loaded once in the life of a data folder, with the questions they suggest."""

import tomllib
from pathlib import Path

from rag.ingest.library import Library
from store import documents, facts
from store.engine import Database

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "documents"


def load(database: Database, library: Library, folder: Path = SAMPLES) -> int:
    """Queues the samples into an empty library; gives how many. Deleted ones stay deleted."""
    with database.read() as session:
        if facts.get(session, "samples") is not None or documents.count(session):
            return 0
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    for path in paths:
        library.add(path.name, path.read_bytes(), added_by="samples")
    told = tomllib.loads((folder.parent / "questions.toml").read_text(encoding="utf-8"))
    suggested = [question["question"] for question in told["suggested"]]
    with database.write() as session:
        facts.put(session, "samples", {"documents": len(paths), "suggestions": suggested})
    return len(paths)


def suggestions(database: Database) -> list[str]:
    """Questions to begin with, when the samples were loaded."""
    with database.read() as session:
        loaded = facts.get(session, "samples") or {}
    return list(loaded.get("suggestions", ()))
