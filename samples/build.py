"""Builds the binary sample documents from the text in `sources/`, so that a change shows up in a diff.

    python samples/build.py [FOLDER]        (default: samples/documents)

`name.docx.md` becomes `name.docx`, `name.pdf.md` becomes `name.pdf`, `name.xlsx.toml` becomes `name.xlsx`.
The output is the same byte for byte each time: dates are fixed, and nothing is compressed, because
compressed bytes differ from one build of zlib to the next.
"""

import re
import sys
import tomllib
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from blocks import read_blocks
from docx.enum.style import WD_STYLE_TYPE
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from pdf_report import write_pdf

HERE = Path(__file__).parent
AUTHOR = "Larkspur Instruments"
DATED = datetime(2026, 5, 15, 12, 0, 0)
TABLE_STYLE = "Light Grid Accent 1"


def build_docx(source: Path) -> bytes:
    """A Word document with Title and Heading styles and real tables."""
    document = docx.Document()
    _drop_unused_styles(document)
    blocks = read_blocks(source.read_text(encoding="utf-8"))
    for block in blocks:
        match block.kind:
            case "heading":
                document.add_heading(block.text, level=block.level - 1)
            case "table":
                _add_docx_table(document, block.rows)
            case _:
                document.add_paragraph(block.text)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = blocks[0].text, AUTHOR, AUTHOR
    about.created = about.modified = DATED
    about.comments, about.language = "", "en-GB"
    buffer = BytesIO()
    document.save(buffer)
    return normalise_zip(buffer.getvalue())


def _drop_unused_styles(document: Any) -> None:
    """The library's template carries 99 table styles, twice: nine tenths of the file."""
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in {TABLE_STYLE, "Normal Table"}:
            style.delete()
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]


def _add_docx_table(document: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style=TABLE_STYLE)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph()


def build_xlsx(source: Path) -> bytes:
    """A workbook: each sheet with a bold header row that stays in view."""
    content = tomllib.loads(source.read_text(encoding="utf-8"))
    book = Workbook()
    book.remove(book.active)
    for sheet in content["sheet"]:
        page = book.create_sheet(sheet["name"])
        rows = [sheet["header"], *sheet["rows"]]
        for row in rows:
            page.append(row)
        for cell in page[1]:
            cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        for column, values in enumerate(zip(*rows, strict=True), start=1):
            width = max(len(str(value)) for value in values[1:])
            page.column_dimensions[get_column_letter(column)].width = min(max(width + 3, 16), 60)
        page.freeze_panes = "A2"
    about = book.properties
    about.title, about.creator, about.lastModifiedBy, about.created = content["title"], AUTHOR, AUTHOR, DATED
    buffer = BytesIO()
    book.save(buffer)
    return normalise_zip(buffer.getvalue())


def normalise_zip(data: bytes) -> bytes:
    """The same archive without the time of its writing, uncompressed."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name)  # dated 1980-01-01, stored as it is
            entry.create_system = 3
            content = before.read(name)
            if name == "docProps/core.xml":
                stamp = rb"\g<1>" + DATED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", stamp, content)
            after.writestr(entry, content)
    return buffer.getvalue()


def build_pdf(source: Path) -> bytes:
    """A PDF with headings, an outline and page numbers."""
    return write_pdf(read_blocks(source.read_text(encoding="utf-8")), author=AUTHOR)


BUILDERS: dict[str, Callable[[Path], bytes]] = {".docx": build_docx, ".pdf": build_pdf, ".xlsx": build_xlsx}


def main(folder: Path) -> None:
    """Writes every document that has a source into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted((HERE / "sources").iterdir()):
        target = folder / source.stem
        target.write_bytes(BUILDERS[target.suffix](source))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "documents")
