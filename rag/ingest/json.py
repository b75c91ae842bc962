"""JSON and JSON Lines: every value with the way to it in words, lists of records as the rows of a table.

Numbers stay as written. Walking is a loop and what is written of a path is bounded, so depth costs nothing.
"""

import json
from collections.abc import Iterator
from typing import Any

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted, Unreadable
from rag.ingest.numbers import listed
from rag.ingest.plain import decoded

_MOST_STEPS = 6  # of a path that are shown; the last ones say most
_MOST_CELLS = 40  # values of a record that still make one row
_LONGEST_ROW = 2_000  # characters
_HEADING_STEPS = 2
_SHORT_LIST = 200  # characters

Path = tuple[str, ...]


def read(data: bytes, name: str) -> Extracted:
    """Text of a `.json` or `.jsonl` file. Raises `Unreadable` (damaged) for what is no JSON."""
    composer = Composer(name)
    text = decoded(data).replace("\0", "").strip()
    try:
        value = _loaded(text)
    except json.JSONDecodeError as error:
        value = _lines(text, composer)
        if value is None:
            reason = f"is no JSON from line {error.lineno} on ({error.msg})"
            raise Unreadable("damaged", f"{name} {reason}; export it again.") from error
    except RecursionError as error:
        raise Unreadable("damaged", f"{name} is nested too deeply to be read; export it in a flatter form.") from error
    _add(composer, value)
    return composer.finish()


def _loaded(text: str) -> Any:
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)


def _lines(text: str, composer: Composer) -> list[Any] | None:
    """A record a line; None if most lines are none. Lines that are none are told."""
    records, wrong = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            records += [_loaded(line)] if line.strip() else []
        except (json.JSONDecodeError, RecursionError):
            wrong.append(number)
    if len(records) <= len(wrong):
        return None
    if wrong:
        composer.find("left_out", f"{listed('Line', wrong[:50])} no JSON and left out.")
    return records


def _add(composer: Composer, value: Any) -> None:
    """Add all of `value`, depth first; an object's plain values come before its sections."""
    waiting: list[tuple[Path, Any]] = [((), value)]
    headed: Path = ()
    while waiting:
        path, value = waiting.pop()
        section = path[:_HEADING_STEPS]
        if section and section != headed:
            composer.heading(len(section), section[-1])
            headed = section
        if (rows := _records(value)) is not None:
            for labels, cells in rows:
                composer.table(labels, [cells])
            continue
        inner: list[tuple[Path, Any]] = []
        for key, item in _items(value):
            words = _words(item)
            if words is None:
                inner.append(((*path, key), item))
            elif words:
                composer.table([_shown((*path[len(section) :], key))], [[words]])
        waiting += reversed(inner)


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from ((str(key), item) for key, item in value.items())
    elif isinstance(value, list):
        yield from ((str(place), item) for place, item in enumerate(value, start=1))
    else:
        yield "", value


def _words(value: Any) -> str | None:
    """A plain value, or a short list of them, in words; None for what has parts of its own."""
    if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict | list) for item in value)):
        return None if value else ""
    if isinstance(value, list):
        words = ", ".join(_plain(item) for item in value)
        return words if len(words) <= _SHORT_LIST else None
    return _plain(value)


def _plain(value: Any) -> str:
    return "" if value is None else {True: "true", False: "false"}.get(value, "") if isinstance(value, bool) else value


def _records(value: Any) -> list[tuple[list[str], list[str]]] | None:
    """Labels and cells of each record of a list of objects; None for anything else, and for records beyond a row."""
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        return None
    rows = []
    for item in value:
        row = _flat(item)
        if row is None:
            return None
        rows.append(row)
    return rows


def _flat(record: dict[str, Any]) -> tuple[list[str], list[str]] | None:
    """The record's values with their ways, objects in it included; None if they are too many or too long."""
    labels: list[str] = []
    cells: list[str] = []
    waiting: list[tuple[Path, Any]] = [((), record)]
    while waiting:
        path, value = waiting.pop()
        words = _words(value) if path else None
        if words is None and isinstance(value, dict) and len(path) < _MOST_STEPS:
            waiting += [((*path, str(key)), item) for key, item in reversed(value.items())]
        elif words is None:
            return None
        elif words:
            labels.append(_shown(path))
            cells.append(words)
        if len(cells) > _MOST_CELLS:
            return None
    return (labels, cells) if sum(map(len, cells)) <= _LONGEST_ROW else None


def _shown(path: Path) -> str:
    """`address.city`, cut at the front when it is long."""
    return ("… " if len(path) > _MOST_STEPS else "") + ".".join(path[-_MOST_STEPS:])
