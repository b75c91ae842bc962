"""The demo's documents: loaded once in the life of a data folder, with the questions they suggest."""

import tomllib
from pathlib import Path

from rag.ingest.library import Library
from store import catalogue, documents, facts, texts
from store.engine import Database
from store.records import CaseRecord

ADDED_BY = "samples"
SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "documents"


def load(database: Database, library: Library, folder: Path = SAMPLES) -> int:
    """Queues the samples into an empty library; gives how many. Deleted ones stay deleted."""
    with database.read() as session:
        if facts.get(session, "samples") is not None or documents.count(session):
            return 0
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    for path in paths:
        library.add(path.name, path.read_bytes(), added_by=ADDED_BY)
    told = tomllib.loads((folder.parent / "questions.toml").read_text(encoding="utf-8"))
    suggested = [question["question"] for question in told["suggested"]]
    with database.write() as session:
        facts.put(session, "samples", {"documents": len(paths), "suggestions": suggested})
    return len(paths)


def cases(database: Database) -> list[CaseRecord]:
    """The samples' own questions that stand alone, with the words that answer them, as far as they are loaded."""
    with database.read() as session:
        loaded = [record.id for record in catalogue.listing(session) if record.added_by == ADDED_BY and record.enabled]
        read = {document_id: texts.whole(session, document_id) or "" for document_id in loaded}
    if not read:
        return []
    told = tomllib.loads((SAMPLES.parent / "questions.toml").read_text(encoding="utf-8"))
    return [
        CaseRecord(case["question"], document_id, text.index(words), text.index(words) + len(words))
        for case in told["case"]
        for words in case.get("expects", ())[:1]
        for document_id, text in read.items()
        if words in text and not case.get("history")
    ]


def suggestions(database: Database) -> list[str]:
    """Questions to begin with, when the samples were loaded."""
    with database.read() as session:
        loaded = facts.get(session, "samples") or {}
    return list(loaded.get("suggestions", ()))
