"""OpenDocument sheets: each a section, each row a block with its column's names, values as they are shown."""

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted
from rag.ingest.grid import add_grid
from rag.ingest.numbers import named
from rag.ingest.odf import TABLE, OpenDocument, hidden_columns, table_rows, tag
from rag.ingest.reporting import report


def read(data: bytes, name: str) -> Extracted:
    """Rows of every visible sheet. Raises `Unreadable`: encrypted, damaged, empty."""
    document = OpenDocument(data, name)
    composer = Composer(name)
    sheets = document.body("office:spreadsheet").findall(TABLE)
    hidden = []
    for done, sheet in enumerate(sheets, start=1):
        title = sheet.get(tag("table:name"), "")
        if document.style_value(sheet, "table:style-name", "style:table-properties", "table:display") == "false":
            hidden.append(title)
            continue
        columns = hidden_columns(sheet)
        rows = sum(row.get(tag("table:visibility"), "visible") != "visible" for row in table_rows(sheet))
        composer.heading(1, title)
        add_grid(composer, document.rows(sheet, composer, columns))
        if columns or rows:
            composer.find("left_out", f"Hidden rows or columns of sheet {title} were left out.")
        report(done, len(sheets))
    if hidden:
        composer.find("left_out", f"Hidden sheets were left out: {named(hidden)}.")
    return composer.finish(document.title)
