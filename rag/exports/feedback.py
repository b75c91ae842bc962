"""Feedback as rows for files: an answer each, with all that was said about it and what became of that."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, Literal

from rag.exports.cells import csv_lines, json_line
from rag.review.masking import Masking
from rag.review.veil import Veil
from store import exporting
from store.engine import Database
from store.records import FeedbackRow, ItemFilter

FeedbackFormat = Literal["csv", "jsonl"]
PORTION = 500  # answers read at once: some megabytes
_FIRST = ("answer_id", "created_at", "question", "answer", "state")  # what people read first
_LAST = ("question_id", "conversation_id", "trace_id")
COLUMNS = (*_FIRST, *(one.name for one in fields(FeedbackRow) if one.name not in (*_FIRST, *_LAST)), *_LAST)


def rows(database: Database, wanted: ItemFilter, masking: Masking, person: str) -> Iterator[dict[str, Any]]:
    """All rows of a filter as this reviewer may see them, read a portion at a time. Raises Unavailable.

    What is added meanwhile is there, too; what is deleted before it is read is not.
    """
    after = 0
    while True:
        with database.read() as session:
            found = exporting.rows(session, wanted, after=after, limit=PORTION)
        for row in found:
            yield in_words(row, masking, person)
        if len(found) < PORTION:
            return
        after = found[-1].answer_id


def lines(rows: Iterator[Mapping[str, Any]], form: FeedbackFormat) -> Iterator[bytes]:
    """The rows as a file, line by line."""
    made = csv_lines(rows, COLUMNS) if form == "csv" else map(json_line, rows)
    return (line.encode() for line in made)


def in_words(row: FeedbackRow, masking: Masking, person: str) -> dict[str, Any]:
    """A row as files have it: by its columns, moments in ISO 8601, personal data hidden as in the inbox."""
    plain = {name: getattr(row, name) for name in COLUMNS}
    plain["created_at"] = row.created_at.isoformat(timespec="seconds")
    if not masking.hides_from(person):
        return plain
    veil = masking.veil(person, [text for name in _WORDS for text in _texts(plain[name])])
    told = {name: _veiled(value, veil) if name in _WORDS else value for name, value in plain.items()}
    if any(told[name] != plain[name] for name in ("answer", "correction")):
        told["diff"] = []  # a value that was cut in two by it could not be seen in its pieces
    return told


_WORDS = ("question", "answer", "comment", "correction", "approved", "diff", "sources", "notes", "tags")


def _texts(value: Any) -> Iterator[str]:
    """All texts in it, within lists and mappings too."""
    match value:
        case str():
            yield value
        case list() | tuple():
            yield from (text for one in value for text in _texts(one))
        case dict():
            yield from _texts(list(value.values()))


def _veiled(value: Any, veil: Veil) -> Any:
    match value:
        case str():
            return veil.text(value)
        case list() | tuple():
            return [_veiled(one, veil) for one in value]
        case dict():
            return {name: _veiled(one, veil) for name, one in value.items()}
        case _:
            return value
