"""The lines of a PDF page, with the little about their looks that tells headings, paragraphs and tables."""

from dataclasses import dataclass

HYPHEN = "\ufffe"  # pdfium's mark for a hyphen at a line's end; it has already joined the two lines


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
    hidden: tuple[str, ...] = ()  # words that are on the page but cannot be seen
    is_picture: bool = False  # something is drawn, and no words with it
