"""Which rows and columns of a workbook's sheets are hidden: openpyxl does not tell when it reads row by row."""

import re
from dataclasses import dataclass
from posixpath import join, normpath

from rag.ingest.xml import Package

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MARK = re.compile(rb"<(?:\w+:)?(row|col)\b([^<>]*?\bhidden=\"(?:1|true)\"[^<>]*)>")
_NUMBER = re.compile(rb"\b(r|min|max)=\"(\d{1,7})\"")
_WIDEST = 16_384  # columns of a sheet


@dataclass(frozen=True, slots=True)
class Hidden:
    """Numbers of hidden rows and columns, from 1."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def hidden_parts(data: bytes) -> dict[str, Hidden]:
    """What is hidden in each sheet, by its name; sheets of packages in an unusual order have nothing hidden."""
    package = Package(data, "")
    book, links = package.xml("xl/workbook.xml"), package.xml("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return {}
    targets = {link.get("Id"): normpath(join("/xl", link.get("Target", ""))).lstrip("/") for link in links}
    sheets = {sheet.get("name", ""): targets.get(sheet.get(_ID), "") for sheet in book.iter(f"{_MAIN}sheet")}
    return {name: _hidden(package.read(part)) for name, part in sheets.items() if part in package.parts}


def _hidden(sheet: bytes) -> Hidden:
    rows: set[int] = set()
    columns: set[int] = set()
    for kind, attributes in _MARK.findall(sheet):
        numbers = {key: int(value) for key, value in _NUMBER.findall(attributes)}
        if kind == b"row":
            rows.add(numbers.get(b"r", 0))
        else:
            columns.update(range(numbers.get(b"min", 1), min(numbers.get(b"max", 0), _WIDEST) + 1))
    return Hidden(frozenset(rows), frozenset(columns))
