"""Excel workbooks: each sheet a section, each row a block with its column's names, values as they are shown."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted
from rag.ingest.grid import Row, add_grid
from rag.ingest.packages import check_package
from rag.ingest.shown import shown

_MOST_COLUMNS = 256  # a sheet formatted to its last column has 16,384 of them, nearly all empty


def read(data: bytes, name: str) -> Extracted:
    """Rows of every visible sheet. Formulas give the value last saved, nothing if the program saved none."""
    check_package(data, name)
    composer = Composer(name)
    book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                composer.heading(1, sheet.title)
                add_grid(composer, _rows(sheet))
    finally:
        book.close()
    return composer.finish(book.properties.title or "")


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # some programs declare one cell and write a thousand
    for row in sheet.iter_rows():
        yield [_words(cell) for cell in row[:_MOST_COLUMNS]]


def _words(cell: Any) -> str:
    """The cell as shown; error values such as #REF! say nothing to a reader."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    return " ".join(shown(value, cell.number_format).split())
