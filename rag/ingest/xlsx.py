"""Excel workbooks: each sheet a section, each row a block with its column's names, values as they are shown."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted
from rag.ingest.grid import add_grid
from rag.ingest.grid_header import Row
from rag.ingest.numbers import named
from rag.ingest.packages import check_package
from rag.ingest.reporting import report
from rag.ingest.shown import shown
from rag.ingest.xlsx_hidden import Hidden, hidden_parts

_MOST_COLUMNS = 256  # a sheet formatted to its last column has 16,384 of them, nearly all empty


def read(data: bytes, name: str) -> Extracted:
    """Rows of every visible sheet. Formulas give the value last saved, nothing if the program saved none."""
    check_package(data, name)
    composer = Composer(name)
    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    hidden_sheets = []
    try:
        parts = hidden_parts(data)
        for done, sheet in enumerate(book.worksheets, start=1):
            if sheet.sheet_state != "visible":
                hidden_sheets.append(sheet.title)
                continue
            hidden = parts.get(sheet.title, Hidden())
            composer.heading(1, sheet.title)
            add_grid(composer, _rows(sheet, hidden))
            if hidden.rows or hidden.columns:
                composer.find("left_out", f"Hidden rows or columns of sheet {sheet.title} were left out.")
            report(done, len(book.worksheets))
    finally:
        book.close()
    if hidden_sheets:
        composer.find("left_out", f"Hidden sheets were left out: {named(hidden_sheets)}.")
    return composer.finish(book.properties.title or "")


def _rows(sheet: Any, hidden: Hidden) -> Iterator[Row]:
    sheet.reset_dimensions()  # some programs declare one cell and write a thousand
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number not in hidden.rows:
            yield [
                _words(cell) for place, cell in enumerate(row[:_MOST_COLUMNS], start=1) if place not in hidden.columns
            ]


def _words(cell: Any) -> str:
    """The cell as shown; error values such as #REF! say nothing to a reader."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    return " ".join(shown(value, cell.number_format).split())
