"""OpenDocument sheets."""

from rag.ingest.ods import read
from tests.rag.ingest.opendocument import package, table
from tests.rag.ingest.reading import path_of, texts


def test_rows_carry_headers_and_the_sheets_name() -> None:
    document = read(package("spreadsheet", table(("Item", "Price"), ("Socks", "8.50 €"))), "a.ods")
    assert (texts(document, "row"), path_of(document, "Socks")) == (["Item: Socks · Price: 8.50 €"], ("Prices",))


def test_hidden_sheets_rows_and_columns_are_left_out_and_told() -> None:
    style = (
        '<style:style style:name="H" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    secret = table(("secret",), name="Margins").replace("<table:table ", '<table:table table:style-name="H" ')
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    rows = table(("Item", "Cost", "Price"), ("Socks", "4", "8"), ("Hats", "5", "9"), columns=columns)
    hidden = rows[::-1].replace("<table:table-row>"[::-1], '<table:table-row table:visibility="filter">'[::-1], 1)[::-1]
    document = read(package("spreadsheet", hidden + secret, styles=style), "a.ods")
    assert texts(document, "row") == ["Item: Socks · Price: 8"]
    assert [finding.words for finding in document.findings] == [
        "Hidden rows or columns of sheet Prices were left out.",
        "Hidden sheets were left out: Margins.",
    ]


def test_cells_repeated_without_end_are_bounded() -> None:
    many = 'table:number-columns-repeated="99999999"'
    cell = f"<table:table-cell {many}><text:p>a1</text:p></table:table-cell>"
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    document = read(package("spreadsheet", f'<table:table table:name="A">{row}</table:table>'), "a.ods")
    assert len(texts(document, "row")) <= 200
