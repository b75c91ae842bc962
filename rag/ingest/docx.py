"""Word documents: the body in reading order, with headings, lists, tables, text boxes and notes.

Headers, footers, deleted and hidden words are left out. python-docx opens the package and knows the styles; the
body is walked as XML, because its own paragraphs leave out content controls, insertions and text boxes.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted
from rag.ingest.docx_look import Looks
from rag.ingest.docx_words import words
from rag.ingest.packages import check_package
from rag.ingest.tables import headed

_HEADING_STYLE = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|nagłówek)\s*(\d)", re.IGNORECASE)
_TITLES = frozenset(("title", "titel", "titre", "título", "titolo"))
_P, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))


def read(data: bytes, name: str) -> Extracted:
    """Text of a `.docx` file; its title is the one styled so, else the heading it opens with."""
    check_package(data, name)
    document = Document(BytesIO(data))
    composer = Composer(name)
    body = document.element.body
    reader = _Reader(composer, _heading_levels(document), Looks(body, document.styles.element))
    reader.add_all(body)
    reader.add_notes(document)
    return composer.finish(reader.title)


def _heading_levels(document: DocxDocument) -> dict[str, int]:
    """Level of each heading style by its id: 0 for the title; named so, outlined so, or based on one that is."""
    levels: dict[str, int] = {}
    based_on: dict[str, str] = {}
    for style in document.styles.element.iter(qn("w:style")):
        identity = style.get(qn("w:styleId"), "")
        name = _value(style, "w:name") or identity
        outline = _value(style, f"w:pPr/{qn('w:outlineLvl')}")
        if name.lower() in _TITLES:
            levels[identity] = 0
        elif named := _HEADING_STYLE.match(name):
            levels[identity] = int(named[1])
        elif outline.isdecimal() and int(outline) < 9:
            levels[identity] = int(outline) + 1
        based_on[identity] = _value(style, "w:basedOn")
    for identity in based_on:
        parent, steps = based_on[identity], 0
        while identity not in levels and parent and steps < 20:
            if parent in levels:
                levels[identity] = levels[parent]
            parent, steps = based_on.get(parent, ""), steps + 1
    return levels


def _value(element: Any, path: str) -> str:
    """The `w:val` of the element at `path` (one or two steps), empty if there is none."""
    steps = [step if step.startswith("{") else qn(step) for step in path.split("/", 1)]
    found = element.find("/".join(steps))
    return "" if found is None else found.get(qn("w:val"), "")


class _Reader:
    """Walks body, cells and text boxes alike."""

    def __init__(self, composer: Composer, levels: dict[str, int], looks: Looks) -> None:
        self.composer = composer
        self.looks = looks
        self.hidden: list[str] = []
        self.levels = levels
        self.title = ""

    def add_all(self, parent: Any) -> None:
        for child in parent:
            if child.tag == _P:
                self.add_paragraph(child)
            elif child.tag == _TABLE:
                self.add_table(child)
            elif child.tag in _WRAPPERS:
                self.add_all(child)

    def words(self, paragraph: Any) -> tuple[str, list[Any]]:
        """What can be seen of a paragraph, and its text boxes; the rest is told."""
        found = words(paragraph, self._passes)
        self.composer.hide("".join(self.hidden))
        self.hidden = []
        return found

    def _passes(self, run: Any) -> bool:
        if self.looks.is_for_screens_only(run):
            return False
        if self.looks.is_hidden(run):
            self.hidden += [part.text or "" for part in run.iter(qn("w:t"))]
            return False
        return True

    def add_paragraph(self, paragraph: Any) -> None:
        text, boxes = self.words(paragraph)
        level = self.levels.get(_value(paragraph, f"w:pPr/{qn('w:pStyle')}"))
        outline = _value(paragraph, f"w:pPr/{qn('w:outlineLvl')}")
        if level is None and outline.isdecimal() and int(outline) < 9:
            level = int(outline) + 1
        if level is None:
            self.composer.text(text)
        elif text.strip():
            self.title = self.title or (text if level == 0 else "")
            self.composer.heading(max(level, 0), text)
        for box in boxes:
            self.add_all(box)

    def add_table(self, table: Any) -> None:
        rows = [self._row(row) for row in table.iter(_ROW) if row.getparent() is table or _is_wrapped(row, table)]
        rows = _with_merged_filled(rows)
        if max(map(len, rows), default=0) < 2:
            for cell in (cell for row in rows for cell in row):
                self.composer.text(cell)
            return
        marked = table.find(f"{_ROW}/{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        self.composer.table(*headed(rows, marked=marked))

    def _row(self, row: Any) -> list[str]:
        """The row's cells; a cell over several columns fills the first, `\\0` marks one merged with that above."""
        cells: list[str] = []
        for cell in row.iter(_CELL):
            if cell.getparent() is not row and not _is_wrapped(cell, row):
                continue
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            cells.append("\0" if goes_on else " ".join(self.words(paragraph)[0] for paragraph in cell.iter(_P)))
            span = _value(cell, f"w:tcPr/{qn('w:gridSpan')}")
            cells += [""] * (min(int(span), 64) - 1 if span.isdecimal() else 0)
        return cells

    def add_notes(self, document: DocxDocument) -> None:
        """Footnotes and endnotes, each a paragraph after the body."""
        for relation in document.part.rels.values():
            if relation.reltype.endswith(("/footnotes", "/endnotes")) and not relation.is_external:
                for note in _notes(relation.target_part.blob):
                    self.composer.text(" ".join(self.words(paragraph)[0] for paragraph in note.iter(_P)))


def _notes(blob: bytes) -> Iterator[Any]:
    for note in parse_xml(blob):
        if note.get(qn("w:type")) is None:  # others are the lines drawn above notes
            yield note


def _is_wrapped(element: Any, table: Any) -> bool:
    """Whether only content controls stand between the element and its table or row."""
    parent = element.getparent()
    while parent is not None and parent.tag in _WRAPPERS:
        parent = parent.getparent()
    return parent is table


def _with_merged_filled(rows: list[list[str]]) -> list[list[str]]:
    """Each cell merged with the one above gets its words: every row can be understood alone."""
    above: list[str] = []
    for row in rows:
        for place, cell in enumerate(row):
            if cell == "\0":
                row[place] = above[place] if place < len(above) else ""
        above = row
    return rows
