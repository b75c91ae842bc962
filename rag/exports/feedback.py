"""Feedback as rows for files: an answer each, with all that was said about it and what became of that."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any, Literal

from guards.personal.hiding import hidden
from guards.personal.seen import Kind
from rag.exports.cells import csv_lines, json_line
from store import exporting
from store.engine import Database
from store.records import FeedbackRow, ItemFilter

FeedbackFormat = Literal["csv", "jsonl"]
PORTION = 500  # answers read at once: some megabytes
COLUMNS = tuple(field.name for field in fields(FeedbackRow))


def rows(database: Database, wanted: ItemFilter, kinds: Collection[Kind]) -> Iterator[dict[str, Any]]:
    """All rows of a filter, personal data of these kinds hidden, read a portion at a time. Raises Unavailable.

    What is added meanwhile is there, too; what is deleted before it is read is not.
    """
    after = 0
    while True:
        with database.read() as session:
            found = exporting.rows(session, wanted, after=after, limit=PORTION)
        for row in found:
            yield in_words(row, kinds)
        if len(found) < PORTION:
            return
        after = found[-1].answer_id


def lines(rows: Iterator[Mapping[str, Any]], form: FeedbackFormat) -> Iterator[bytes]:
    """The rows as a file, line by line."""
    made = csv_lines(rows, COLUMNS) if form == "csv" else map(json_line, rows)
    return (line.encode() for line in made)


def in_words(row: FeedbackRow, kinds: Collection[Kind]) -> dict[str, Any]:
    """A row as files have it: by its columns, moments in ISO 8601, without personal data of these kinds."""
    plain = {name: getattr(row, name) for name in COLUMNS}
    plain["created_at"] = row.created_at.isoformat(timespec="seconds")
    told = {name: _hidden(value, kinds) if name in _WORDS else value for name, value in plain.items()}
    if any(told[name] != plain[name] for name in ("answer", "correction")):
        told["diff"] = []  # a value that was cut in two by it could not be seen in its pieces
    return told


_WORDS = frozenset("question answer comment correction diff sources notes approved tags".split())


def _hidden(value: Any, kinds: Collection[Kind]) -> Any:
    """The same without personal data, within lists and mappings too."""
    match value:
        case str():
            return hidden(value, kinds) if value and kinds else value
        case list() | tuple():
            return [_hidden(one, kinds) for one in value]
        case dict():
            return {name: _hidden(one, kinds) for name, one in value.items()}
        case _:
            return value
