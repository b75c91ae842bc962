"""Reads the lines of a PDF page with pdfium. Not thread-safe: the caller holds the lock."""

import re
from typing import Any

import pypdfium2 as pdfium

from rag.ingest.pdf_content import Line, Page
from rag.ingest.pdf_painted import Painted
from rag.ingest.pdf_probe import Probe

_EDGE_SHARE = 0.12  # of the page's height, at the top and at the bottom


def read_page(document: Any, number: int) -> Page:
    """Lines of page `number` (from 1); a page that pdfium cannot load has none."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return Page(number, 0.0, ())
    try:
        textpage = page.get_textpage()
        try:
            lines, hidden = _lines(page, textpage)
        finally:
            textpage.close()
        return Page(number, page.get_height(), lines, hidden, _is_picture(page, lines))
    except pdfium.PdfiumError:
        return Page(number, 0.0, ())
    finally:
        page.close()


def _is_picture(page: Any, lines: tuple[Line, ...]) -> bool:
    """Whether the page is drawn, and has no words but perhaps a stamp or a number at its edge."""
    margin = page.get_height() * _EDGE_SHARE
    if any(margin < line.top < page.get_height() - margin for line in lines):
        return False
    return Painted(page).is_scan(*page.get_size()) if lines else Painted(page).is_picture()


def _lines(page: Any, textpage: Any) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The lines one can see, and the words one cannot."""
    text = textpage.get_text_range()
    probe = Probe(textpage, Painted(page), same_index=len(text) == textpage.count_chars())
    probed = (probe.line(match[0], match.start()) for match in re.finditer(r"[^\r\n]+", text))
    lines = [line for line in probed if line is not None]
    seen = [line for line in lines if not line.invisible]
    if len(seen) * 2 <= len(lines):
        seen = lines  # not hidden words, but the words under a scan
    gone = [line.text for line in lines if line.invisible] if len(seen) < len(lines) else []
    return tuple(seen), tuple(probe.hidden + gone)
