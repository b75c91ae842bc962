"""PowerPoint files: slide by slide, each a section with its number as the page, notes after the slide's own words.

python-pptx opens the package. What it cannot make sense of is left out shape by shape: presentations are edited by
many programs, and one odd shape must not cost a whole talk.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted
from rag.ingest.numbers import listed
from rag.ingest.packages import check_package
from rag.ingest.pptx_look import Slide, is_off_slide
from rag.ingest.reporting import report
from rag.ingest.tables import headed

_ODD = (AttributeError, KeyError, IndexError, TypeError, ValueError, NotImplementedError)  # seen for malformed shapes
_SAME_LINE = 200_000  # EMU, about half a centimetre: shapes whose tops differ less stand beside each other
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_NUMBER = "sldNum"  # what holds the slide's number, said by the page
_MADE_UP = frozenset(("powerpoint presentation", "powerpoint-präsentation", "presentation", "slide 1"))


def read(data: bytes, name: str) -> Extracted:
    """Text of a `.pptx` file; its title is the first slide's, unless the file's own properties name another."""
    check_package(data, name)
    show = Presentation(BytesIO(data))
    composer = Composer(name)
    hidden = []
    size = (show.slide_width or 0, show.slide_height or 0)
    for number, slide in enumerate(show.slides, start=1):
        if slide.element.get("show") in ("0", "false"):
            hidden.append(number)
        else:
            composer.page = number
            _Reader(composer, Slide(slide, size)).add_slide(number)
        report(number, len(show.slides))
    composer.page = None
    if hidden:
        composer.find("left_out", f"{listed('Slide', hidden)} hidden in the presentation and left out.")
    title = show.core_properties.title or ""
    return composer.finish("" if title.lower() in _MADE_UP else title, pages=len(show.slides))


class _Reader:
    """Walks the shapes of one slide from the top left to the bottom right."""

    def __init__(self, composer: Composer, slide: Slide) -> None:
        self.composer = composer
        self.slide = slide

    def add_slide(self, number: int) -> None:
        title = self.slide.title
        words = self._words(title.text_frame, title) if title is not None else ""
        self.composer.heading(1, words.replace("\n", " ") if words.strip() else f"Slide {number}")
        for shape in _in_order(self.slide.shapes):
            is_title = title is not None and shape.element is title.element
            if not is_title and _NUMBER not in shape.element.xpath(".//p:nvPr/p:ph/@type"):
                self._add(shape)
        notes = self.slide.notes
        if notes.strip():
            self.composer.heading(2, "Notes")
            self.composer.text(notes)

    def _add(self, shape: Any, *, grouped: bool = False) -> None:
        try:
            if hasattr(shape, "shapes"):
                for inner in _in_order(shape.shapes):
                    self._add(inner, grouped=True)
            elif not grouped and is_off_slide(shape, self.slide.size):
                self.composer.hide(shape.text_frame.text if shape.has_text_frame else "")
            elif getattr(shape, "has_table", False):
                self._add_table(shape.table)
            elif getattr(shape, "has_chart", False):
                self._add_chart(shape.chart)
            elif shape.has_text_frame:
                self.composer.text(self._words(shape.text_frame, shape))
            else:
                self._add_diagram(shape)
        except _ODD:
            return

    def _words(self, frame: Any, shape: Any) -> str:
        """The paragraphs one can see, one a line."""
        lines = []
        for paragraph in frame.paragraphs:
            seen = []
            for run in paragraph._p:
                text = "\n" if run.tag == qn("a:br") else "".join(part.text or "" for part in run.iter(qn("a:t")))
                if text.strip() and self.slide.is_unseen(run, shape):
                    self.composer.hide(text)
                else:
                    seen.append(text)
            lines.append("".join(seen).replace("\v", "\n"))
        return "\n".join(lines)

    def _add_table(self, table: Any) -> None:
        rows = [["" if cell.is_spanned else cell.text_frame.text for cell in row.cells] for row in table.rows]
        self.composer.table(*headed(rows, marked=table.first_row))

    def _add_chart(self, chart: Any) -> None:
        """The figures a chart draws, a row a category."""
        if chart.has_title and chart.chart_title.has_text_frame:
            self.composer.text(chart.chart_title.text_frame.text)
        for plot in chart.plots:
            series = list(plot.series)
            columns = [list(one.values) for one in series]
            rows = [
                [
                    str(category),
                    *("" if values[at : at + 1] in ([], [None]) else f"{values[at]:g}" for values in columns),
                ]
                for at, category in enumerate(plot.categories)
            ]
            self.composer.table(["", *(one.name for one in series)], rows)

    def _add_diagram(self, shape: Any) -> None:
        """The words of a SmartArt drawing, which stand in a part of their own."""
        for mark in shape.element.iter(_DIAGRAM):
            part = shape.part.related_part(mark.get(qn("r:dm")))
            for paragraph in parse_xml(part.blob).iter(qn("a:p")):
                self.composer.text("".join(text.text or "" for text in paragraph.iter(qn("a:t"))))


def _in_order(shapes: Any) -> list[Any]:
    """Shapes in reading order: line by line from the top, each from the left; those without a place come first."""
    placed = [(shape, *_place(shape)) for shape in shapes]
    placed.sort(key=lambda item: item[1])
    ordered: list[Any] = []
    for line in _lines(placed):
        ordered += [shape for shape, _, _ in sorted(line, key=lambda item: item[2])]
    return ordered


def _lines(placed: list[tuple[Any, int, int]]) -> Iterator[list[tuple[Any, int, int]]]:
    line: list[tuple[Any, int, int]] = []
    for item in placed:
        if line and item[1] - line[0][1] > _SAME_LINE:
            yield line
            line = []
        line.append(item)
    if line:
        yield line


def _place(shape: Any) -> tuple[int, int]:
    """Top and left edge in EMU."""
    try:
        return shape.top or 0, shape.left or 0
    except _ODD:
        return 0, 0
