"""Workbooks: sheets, rows, formats."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook

from rag.ingest.xlsx import read
from tests.rag.ingest.reading import path_of, texts


def _saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _book(rows: list[list[object]], title: str = "Prices") -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return book


def test_rows_carry_headers_and_the_sheets_name() -> None:
    document = read(_saved(_book([["Item", "Price"], ["Socks", 8], ["Hat", None]])), "a.xlsx")
    assert texts(document, "row") == ["Item: Socks · Price: 8", "Item: Hat"]
    assert path_of(document, "Socks") == ("Prices",)


def test_numbers_and_dates_are_shown_as_formatted() -> None:
    book = _book([["Item", "Price", "From"], ["Socks", 8.5, date(2024, 3, 1)]])
    book["Prices"]["B2"].number_format = "0.00"
    assert texts(read(_saved(book), "a.xlsx"), "row") == ["Item: Socks · Price: 8.50 · From: 2024-03-01"]


def test_hidden_sheets_are_left_out() -> None:
    book = _book([["Item", "Price"], ["Socks", 8]])
    book.create_sheet("Margins").append(["secret"])
    book["Margins"].sheet_state = "hidden"
    assert "secret" not in read(_saved(book), "a.xlsx").text


def test_error_values_are_left_out() -> None:
    assert texts(read(_saved(_book([["Item", "Price"], ["Socks", "#REF!"]])), "a.xlsx"), "row") == ["Item: Socks"]


def test_what_is_hidden_is_told_and_left_out() -> None:
    book = _book([["Item", "Cost", "Price"], ["Socks", 4, 8], ["Hat", 5, 9]])
    book["Prices"].column_dimensions["B"].hidden = True
    book["Prices"].row_dimensions[3].hidden = True
    book.create_sheet("Margins").append(["secret"])
    book["Margins"].sheet_state = "veryHidden"
    document = read(_saved(book), "a.xlsx")
    assert texts(document, "row") == ["Item: Socks · Price: 8"]
    assert [finding.words for finding in document.findings] == [
        "Hidden rows or columns of sheet Prices were left out.",
        "Hidden sheets were left out: Margins.",
    ]


def test_headers_of_two_rows_are_joined() -> None:
    rows: list[list[object]] = [["Region", 2023, None, 2024], [None, "Q1", "Q2", "Q1"], ["North", 1, 2, 3]]
    assert texts(read(_saved(_book(rows)), "a.xlsx"), "row") == [
        "Region: North · 2023 / Q1: 1 · 2023 / Q2: 2 · 2024 / Q1: 3"
    ]
