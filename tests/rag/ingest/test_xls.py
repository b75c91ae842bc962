"""Old Excel workbooks, written record by record ([MS-XLS])."""

import struct

from rag.ingest.content import Extracted
from rag.ingest.extract import extract
from tests.rag.ingest.compound import compound
from tests.rag.ingest.reading import path_of, texts

_BOOK, _SHEET = 5, 0x10


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(0x0204, place + struct.pack("<HB", len(value), 0) + value.encode("latin-1"))
    return _record(0x0203, place + struct.pack("<d", value))


def _sheet(rows: list[list[str | float]], *, hidden_row: int = -1) -> bytes:
    looks = b"".join(
        _record(0x0208, struct.pack("<HHHHHHI", at, 0, len(row), 255, 0, 0, 0x20 if at == hidden_row else 0))
        for at, row in enumerate(rows)
    )
    cells = [_cell(at, column, value) for at, row in enumerate(rows) for column, value in enumerate(row)]
    return _begin(_SHEET) + looks + b"".join(cells) + _record(0x0A, b"")


def _book(sheets: dict[str, bytes], *, hidden: str = "") -> Extracted:
    font = _record(0x31, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 5, 0) + b"Arial")
    format_of_cells = _record(0xE0, struct.pack("<HHHBBBBIIH", 0, 2, 1, 0, 0, 0, 0, 0, 0, 0))  # 2: "0.00"
    start = _begin(_BOOK) + font + format_of_cells
    place = len(start) + sum(4 + 8 + len(name) for name in sheets) + 4
    for name, sheet in sheets.items():
        look = struct.pack("<IBBBB", place, int(name == hidden), 0, len(name), 0)
        start += _record(0x85, look + name.encode())
        place += len(sheet)
    found = extract("a.xls", compound({"Workbook": start + _record(0x0A, b"") + b"".join(sheets.values())}))
    assert isinstance(found, Extracted)
    return found


def test_rows_carry_headers_and_values_are_shown_as_formatted() -> None:
    document = _book({"Prices": _sheet([["Item", "Price"], ["Socks", 8.5]])})
    assert (texts(document, "row"), path_of(document, "Socks")) == (["Item: Socks · Price: 8.50"], ("Prices",))


def test_hidden_sheets_and_rows_are_left_out_and_told() -> None:
    prices = _sheet([["Item", "Price"], ["Socks", 8.5], ["Hat", 9.0]], hidden_row=2)
    document = _book({"Prices": prices, "Margins": _sheet([["secret", 1.0]])}, hidden="Margins")
    assert texts(document, "row") == ["Item: Socks · Price: 8.50"]
    assert [finding.words for finding in document.findings] == [
        "Hidden rows or columns of sheet Prices were left out.",
        "Hidden sheets were left out: Margins.",
    ]
