"""The lines of a PDF page, with the little about their looks that tells headings, paragraphs and tables.

pdfium gives the text of a page in one call and everything else character by character, so each line is probed at
its first and last character only, and at spaces on lines that look like rows of a table. Not thread-safe: the caller
holds the lock.
"""

import ctypes
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from rag.ingest.pdf_painted import Painted

HYPHEN = "\ufffe"  # pdfium's mark for a hyphen at a line's end; it has already joined the two lines
_INVISIBLE = 3  # text render mode: neither filled nor stroked; the words under a scanned page are set so
_SMALLEST = 2.0  # points; nobody reads smaller letters
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_WIDE = 0.45  # ems a character: a line set tighter than this has no gaps between columns
_GAP = 1.6  # ems between two words that are in different columns


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line with columns in it; edges in points."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; positions and size in points, `top` and `bottom` are the first and last baseline."""

    text: str
    size: float
    bold: bool
    left: float
    right: float
    top: float
    bottom: float
    is_row: bool  # words stand in columns
    invisible: bool
    words: tuple[Word, ...] = ()  # of a row only


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines in the file's order, which for nearly all files is that of reading; `height` in points."""

    number: int
    height: float
    lines: tuple[Line, ...]


def read_page(document: Any, number: int) -> Page:
    """Lines of page `number` (from 1); a page that pdfium cannot load has none."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return Page(number, 0.0, ())
    try:
        textpage = page.get_textpage()
        try:
            lines = _lines(page, textpage)
        finally:
            textpage.close()
        return Page(number, page.get_height(), lines)
    except pdfium.PdfiumError:
        return Page(number, 0.0, ())
    finally:
        page.close()


def _lines(page: Any, textpage: Any) -> tuple[Line, ...]:
    text = textpage.get_text_range()
    probe = _Probe(textpage, same_index=len(text) == textpage.count_chars())
    painted = Painted(page)
    lines = []
    for match in re.finditer(r"[^\r\n]+", text):
        stripped = match[0].strip()
        if stripped:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            line = probe.line(stripped, start, painted)
            if line is not None:
                lines.append(line)
    if sum(line.invisible for line in lines) * 2 < len(lines):
        lines = [line for line in lines if not line.invisible]  # hidden words, not the words under a scan
    return tuple(lines)


class _Probe:
    """Asks pdfium about single characters, by their place in the page's text."""

    def __init__(self, textpage: Any, *, same_index: bool) -> None:
        self.textpage = textpage.raw
        self.same_index = same_index
        self.numbers = [ctypes.c_double() for _ in range(4)]
        self.matrix = raw.FS_MATRIX()
        self.colours = [ctypes.c_uint() for _ in range(4)]
        self.name = ctypes.create_string_buffer(128)
        self.flags = ctypes.c_int()

    def line(self, text: str, start: int, painted: Painted) -> Line | None:
        """The line of that text, None if nobody can see it on the page."""
        first, last = self._index(start), self._index(start + len(text) - 1)
        left, top = self._origin(first)
        size = self._size(first)
        right = self._right(last)
        if size < _SMALLEST and text.isascii():
            return None
        if self._is_white(first) and self._is_white(last) and not painted.behind(left, top + size / 3):
            return None
        bold = self._is_bold(first) and self._is_bold(last)
        bottom = self._origin(last)[1] if HYPHEN in text else top
        is_row = right - left > _WIDE * size * len(text) and HYPHEN not in text and self._has_gap(text, start, size)
        words = self._words(text, start) if is_row else ()
        return Line(text, size, bold, left, right, top, bottom, is_row, self._is_invisible(first), words)

    def _words(self, text: str, start: int) -> tuple[Word, ...]:
        edges = [
            (match[0], self._box(self._index(start + match.start())), self._box(self._index(start + match.end() - 1)))
            for match in re.finditer(r"\S+", text)
        ]
        return tuple(Word(word, first[0], last[1]) for word, first, last in edges)

    def _index(self, place: int) -> int:
        if self.same_index:
            return place
        return max(0, int(raw.FPDFText_GetCharIndexFromTextIndex(self.textpage, place)))

    def _origin(self, index: int) -> tuple[float, float]:
        x, y = self.numbers[:2]
        raw.FPDFText_GetCharOrigin(self.textpage, index, x, y)
        return x.value, y.value

    def _box(self, index: int) -> tuple[float, float]:
        """Left and right edge."""
        left, right, bottom, top = self.numbers
        raw.FPDFText_GetCharBox(self.textpage, index, left, right, bottom, top)
        return left.value, right.value

    def _right(self, index: int) -> float:
        return self._box(index)[1]

    def _size(self, index: int) -> float:
        """Size on the page: the font's own, scaled as the text is."""
        size = float(raw.FPDFText_GetFontSize(self.textpage, index))
        if raw.FPDFText_GetMatrix(self.textpage, index, self.matrix):
            size *= float((self.matrix.b**2 + self.matrix.d**2) ** 0.5)
        return round(size, 1)

    def _is_bold(self, index: int) -> bool:
        if raw.FPDFText_GetFontWeight(self.textpage, index) >= _BOLD_WEIGHT:
            return True
        raw.FPDFText_GetFontInfo(self.textpage, index, self.name, 128, self.flags)
        return bool(_BOLD_NAME.search(self.name.value.decode("latin-1")))

    def _is_white(self, index: int) -> bool:
        raw.FPDFText_GetFillColor(self.textpage, index, *self.colours)
        return min(colour.value for colour in self.colours[:3]) >= 250 or self.colours[3].value == 0

    def _is_invisible(self, index: int) -> bool:
        text_object = raw.FPDFText_GetTextObject(self.textpage, index)
        return bool(text_object) and raw.FPDFTextObj_GetTextRenderMode(text_object) == _INVISIBLE

    def _has_gap(self, text: str, start: int, size: float) -> bool:
        for match in re.finditer(r"\S\s+\S", text):
            before, after = self._index(start + match.start()), self._index(start + match.end() - 1)
            if self._box(after)[0] - self._box(before)[1] > _GAP * size:
                return True
        return False
