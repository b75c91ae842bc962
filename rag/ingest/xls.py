"""Old Excel workbooks (`.xls`): each visible sheet a section, each row a block with its column's names."""

import os
from collections.abc import Iterator
from datetime import time
from typing import Any

import xlrd

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted, Unreadable
from rag.ingest.grid import add_grid
from rag.ingest.grid_header import Row
from rag.ingest.numbers import named
from rag.ingest.reporting import report
from rag.ingest.shown import shown

_MOST_COLUMNS = 256
_SILENT = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR)


def read(data: bytes, name: str) -> Extracted:
    """Rows of every visible sheet. Raises `Unreadable`: encrypted, empty."""
    composer = Composer(name)
    book = _opened(data, name)
    hidden = []
    for done, sheet in enumerate(book.sheets(), start=1):
        if sheet.visibility:
            hidden.append(sheet.name)
            continue
        composer.heading(1, sheet.name)
        add_grid(composer, _rows(book, sheet))
        if _hidden_columns(sheet) or any(row.hidden for row in sheet.rowinfo_map.values()):
            composer.find("left_out", f"Hidden rows or columns of sheet {sheet.name} were left out.")
        report(done, book.nsheets)
    if hidden:
        composer.find("left_out", f"Hidden sheets were left out: {named(hidden)}.")
    return composer.finish()


def _opened(data: bytes, name: str) -> Any:
    with open(os.devnull, "w") as silence:  # noqa: PTH123 # xlrd prints what it thinks of a file
        try:
            return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=silence)
        except xlrd.XLRDError as error:
            if "encrypt" in str(error).lower():
                advice = "remove it and add the file again"
                raise Unreadable("encrypted", f"{name} is protected by a password; {advice}.") from error
            raise


def _rows(book: Any, sheet: Any) -> Iterator[Row]:
    hidden = _hidden_columns(sheet)
    for number in range(sheet.nrows):
        look = sheet.rowinfo_map.get(number)
        if look is None or not look.hidden:
            cells = enumerate(sheet.row(number)[:_MOST_COLUMNS])
            yield [_words(book, cell) for place, cell in cells if place not in hidden]


def _hidden_columns(sheet: Any) -> frozenset[int]:
    return frozenset(place for place, look in sheet.colinfo_map.items() if look.hidden)


def _words(book: Any, cell: Any) -> str:
    """The cell as shown; error values say nothing to a reader."""
    if cell.ctype in _SILENT:
        return ""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return " ".join(cell.value.split())
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(cell.value, book.datemode)
    return shown(cell.value, book.format_map[book.xf_list[cell.xf_index].format_key].format_str)


def _date(value: float, mode: int) -> str:
    try:
        if value < 1:
            hour, minute, second = xlrd.xldate_as_tuple(value, mode)[3:]
            return shown(time(hour, minute, second))
        return shown(xlrd.xldate_as_datetime(value, mode))
    except (xlrd.xldate.XLDateError, ValueError, OverflowError):
        return shown(value)
