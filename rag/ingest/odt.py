"""OpenDocument texts: headings, paragraphs, lists, tables, text boxes and notes in reading order."""

from typing import Any

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted
from rag.ingest.odf import TABLE, H, OpenDocument, P, tag, without_empty_columns
from rag.ingest.tables import headed

_PASSED_OVER = frozenset(
    map(tag, ("text:tracked-changes", "text:table-of-content", "text:alphabetical-index", "office:annotation"))
)
_SECTION, _NOTE, _HEADER_ROWS = tag("text:section"), tag("text:note"), tag("table:table-header-rows")


def read(data: bytes, name: str) -> Extracted:
    """Text of an `.odt` file. Raises `Unreadable`: encrypted, damaged, empty."""
    document = OpenDocument(data, name)
    composer = Composer(name)
    reader = _Reader(document, composer)
    reader.add_all(document.body("office:text"))
    for note in reader.notes:
        composer.text(note)
    return composer.finish(document.title)


class _Reader:
    """Walks the body; notes wait until its end."""

    def __init__(self, document: OpenDocument, composer: Composer) -> None:
        self.document = document
        self.composer = composer
        self.notes: list[str] = []

    def add_all(self, parent: Any) -> None:
        for child in parent:
            if child.tag in (P, H):
                self.add_paragraph(child)
            elif child.tag == TABLE:
                self.add_table(child)
            elif child.tag == _SECTION and child.get(tag("text:display")) == "none":
                self.composer.hide(" ".join(child.itertext()))
            elif child.tag not in _PASSED_OVER:
                self.add_all(child)

    def add_paragraph(self, paragraph: Any) -> None:
        text, anchored = self.document.words(paragraph, self.composer)
        level = paragraph.get(tag("text:outline-level"), "1")
        if paragraph.tag == H and text.strip():
            self.composer.heading(int(level) if level.isdecimal() else 1, text)
        else:
            self.composer.text(text)
        for item in anchored:
            if item.tag == _NOTE:
                self.notes.append(" ".join(self.document.words(inner, self.composer)[0] for inner in item.iter(P)))
            else:
                self.add_all(item)

    def add_table(self, table: Any) -> None:
        rows = without_empty_columns(list(self.document.rows(table, self.composer)))
        if max(map(len, rows), default=0) < 2:
            for cell in (cell for row in rows for cell in row):
                self.composer.text(cell)
            return
        marked = table.find(_HEADER_ROWS) is not None
        self.composer.table(*headed(rows, marked=marked))
