"""Reads the lines of a PDF page with pdfium. Not thread-safe: the caller holds the lock."""

import re
from typing import Any

import pypdfium2 as pdfium

from rag.ingest.pdf_content import Line, Page
from rag.ingest.pdf_painted import Painted
from rag.ingest.pdf_probe import Probe


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
        is_picture = not lines and Painted(page).is_picture()
        return Page(number, page.get_height(), lines, hidden, is_picture)
    except pdfium.PdfiumError:
        return Page(number, 0.0, ())
    finally:
        page.close()


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
