"""What pdfium knows about single characters of a page.

pdfium gives the text of a page in one call and everything else character by character, so each line is probed at
its first and last character, at the beginning of its words for their colour, and at spaces on lines that look like
rows of a table.
"""

import ctypes
import re
from typing import Any

import pypdfium2.raw as raw

from rag.ingest.pdf_content import HYPHEN, Line, Word
from rag.ingest.pdf_painted import Painted

_INVISIBLE = 3  # text render mode: neither filled nor stroked; the words under a scanned page are set so
_SMALLEST = 2.0  # points; nobody reads smaller letters
_DARK = 40  # of 255
_NEAR = 6  # steps of 255 between two colours that nobody tells apart
_WORD = re.compile(r"\S+")
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_WIDE = 0.45  # ems a character: a line set tighter than this has no gaps between columns
_GAP = 1.6  # ems between two words that are in different columns


class Probe:
    """Asks pdfium about single characters, by their place in the page's text."""

    def __init__(self, textpage: Any, painted: Painted, *, same_index: bool) -> None:
        self.textpage = textpage.raw
        self.painted = painted
        self.hidden: list[str] = []
        self.same_index = same_index
        self.numbers = [ctypes.c_double() for _ in range(4)]
        self.matrix = raw.FS_MATRIX()
        self.colours = [ctypes.c_uint() for _ in range(4)]
        self.name = ctypes.create_string_buffer(128)
        self.flags = ctypes.c_int()

    def line(self, text: str, start: int) -> Line | None:
        """The line of that text, without its hidden words; None if nobody can see any of it on the page."""
        text = self._without_hidden(text, start)
        start += len(text) - len(text.lstrip())
        text = text.strip()
        if not text:
            return None
        first, last = self._index(start), self._index(start + len(text) - 1)
        left, top = self._origin(first)
        size = self._size(first)
        right = self._right(last)
        bold = self._is_bold(first) and self._is_bold(last)
        bottom = self._origin(last)[1] if HYPHEN in text else top
        is_row = right - left > _WIDE * size * len(text) and HYPHEN not in text and self._has_gap(text, start, size)
        words = self._words(text, start) if is_row else ()
        return Line(text, size, bold, left, right, top, bottom, is_row, self._is_invisible(first), words)

    def _without_hidden(self, text: str, start: int) -> str:
        """The line with spaces in place of words that are tiny, or in the colour of what they stand on."""
        hidden: list[str] = []
        invisible = [self._is_invisible(self._index(start + match.start())) for match in _WORD.finditer(text)]
        is_mixed = any(invisible) and not all(invisible)  # a whole line may be the words under a scan
        for match, unpainted in zip(list(_WORD.finditer(text)), invisible, strict=True):
            if (unpainted and is_mixed) or self._is_unseen(self._index(start + match.start()), match[0]):
                hidden.append(match[0])
                text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
        if hidden:
            self.hidden.append(" ".join(hidden))
        return text

    def _is_unseen(self, index: int, word: str) -> bool:
        raw.FPDFText_GetFillColor(self.textpage, index, *self.colours)
        red, green, blue, alpha = (colour.value for colour in self.colours)
        if alpha == 0:
            return True
        if max(red, green, blue) >= _DARK:  # letters nearly black are not asked for their ground: it takes time
            left, bottom = self._origin(index)
            ground = self.painted.ground(left + 1, bottom + self._size(index) / 3)
            if ground is not None and max(abs(red - ground[0]), abs(green - ground[1]), abs(blue - ground[2])) <= _NEAR:
                return True
        return word.isascii() and self._size(index) < _SMALLEST

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

    def _is_invisible(self, index: int) -> bool:
        text_object = raw.FPDFText_GetTextObject(self.textpage, index)
        return bool(text_object) and raw.FPDFTextObj_GetTextRenderMode(text_object) == _INVISIBLE

    def _has_gap(self, text: str, start: int, size: float) -> bool:
        for match in re.finditer(r"\S\s+\S", text):
            before, after = self._index(start + match.start()), self._index(start + match.end() - 1)
            if self._box(after)[0] - self._box(before)[1] > _GAP * size:
                return True
        return False
