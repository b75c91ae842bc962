"""PDF files, read with pdfium: 448 pages a second where pypdf reads 26, and sound on broken files."""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted, Unreadable
from rag.ingest.numbers import listed
from rag.ingest.pdf_content import Line, Page
from rag.ingest.pdf_layout import Headings, is_continued, joined, without_furniture
from rag.ingest.pdf_ocr import advice, read_pictures
from rag.ingest.pdf_page import read_page
from rag.ingest.pdf_table import Table, find_tables
from rag.ingest.plain import add_paragraphs
from rag.ingest.reporting import report

LOCK = threading.Lock()  # pdfium is not thread-safe, not even between documents
_MOST_PAGES = 20_000
_COMPOUND = re.compile(r"\b[^\W\d_]{1,40}-[^\W\d_]{1,40}")


def read(data: bytes, name: str) -> Extracted:
    """Text of a PDF, page by page. Raises `Unreadable`: encrypted, damaged, or empty if its pages are pictures."""
    composer = Composer(name)
    title, pages = _read_pages(data, name)
    if not any(page.height for page in pages):
        raise Unreadable("damaged", f"{name} has no page that can be opened; export it again.")
    pictures = [page.number for page in pages if page.is_picture]
    scanned = read_pictures(data, pictures, lock=LOCK)
    if not scanned and not any(page.lines for page in pages):
        why = f", its pages are pictures; {advice()}" if pictures else "; add a version with text"
        raise Unreadable("empty", f"{name} has no text in it{why}.")
    _add_pages(composer, pages, scanned)
    composer.page = None
    if unread := [number for number in pictures if number not in scanned]:
        what = "a picture" if len(unread) == 1 else "pictures"
        composer.find("no_text_layer", f"{listed('Page', unread)} {what} without text; {advice()}.")
    if scanned:
        composer.find("read_by_ocr", f"{listed('Page', list(scanned))} read by text recognition, which makes mistakes.")
    return composer.finish(title if not composer.first_heading else "", pages=len(pages))


def _add_pages(composer: Composer, pages: Sequence[Page], scanned: Mapping[int, str]) -> None:
    tabular = [frozenset(place for table in tables for place in table.lines) for tables in _tables(pages)]
    pages = without_furniture(pages, tabular)
    lines = [line for page in pages for line in page.lines]
    headings = Headings(lines)
    compounds = frozenset(found.lower() for line in lines for found in _COMPOUND.findall(line.text))
    for page, tables in zip(pages, _tables(pages), strict=True):
        composer.page = page.number
        for words in page.hidden:
            composer.hide(words)
        add_paragraphs(composer, scanned.get(page.number, ""))
        for part in _parts(page.lines, tables):
            if isinstance(part, Table):
                composer.table(part.header, part.rows)
                continue
            for group in _groups(part, headings):
                _add(composer, group, headings, compounds)


def _tables(pages: Sequence[Page]) -> Iterator[list[Table]]:
    """The tables of each page; those at its top may go on from the page before."""
    tables: list[Table] = []
    for page in pages:
        tables = find_tables(page.lines, tables[-1] if tables else None)
        yield tables


def _read_pages(data: bytes, name: str) -> tuple[str, list[Page]]:
    """The document's title, as its maker entered it, and its pages."""
    with LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
                advice = "remove it and add the file again"
                raise Unreadable("encrypted", f"{name} is protected by a password; {advice}.") from error
            raise Unreadable("damaged", f"{name} is damaged or cut short; export it again.") from error
        try:
            count = len(document)
            if count > _MOST_PAGES:
                raise Unreadable("too_large", f"{name} has {count:,} pages; split it into smaller files.")
            title = document.get_metadata_value("Title")
            pages = []
            for number in range(1, count + 1):
                pages.append(read_page(document, number))
                report(number, count)
            return _usable(title), pages
        finally:
            document.close()


def _usable(title: str) -> str:
    """The title, unless a program made it up: file names, "Microsoft Word - …", "untitled"."""
    made_up = re.search(r"\.\w{2,4}$|^microsoft|^untitled|^\W*$|^slide 1$|^anonymous$", title.strip(), re.IGNORECASE)
    return "" if made_up else title


def _parts(lines: tuple[Line, ...], tables: Sequence[Table]) -> Iterator[tuple[Line, ...] | Table]:
    """The page in order: its tables, and the lines between them."""
    taken = {place for table in tables for place in table.lines}
    starts = {table.place: table for table in tables}
    run: list[Line] = []
    for place, line in enumerate(lines):
        if place in starts:
            yield tuple(run)
            yield starts[place]
            run = []
        if place not in taken:
            run.append(line)
    yield tuple(run)


def _groups(lines: tuple[Line, ...], headings: Headings) -> list[list[Line]]:
    """Lines that belong together: a paragraph, a heading, or the rows of a table."""
    leading = median([above.bottom - line.top for above, line in pairwise(lines)] or [0.0])
    groups: list[list[Line]] = []
    for line in lines:
        if groups and is_continued(groups[-1], line, headings, leading):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _add(composer: Composer, group: list[Line], headings: Headings, compounds: frozenset[str]) -> None:
    text = joined([line.text for line in group], compounds)
    if level := headings.level(group, text):
        composer.heading(level, text)
    elif group[0].is_row:
        rows: list[list[str]] = []
        for line in group:  # what is no row of its own is the rest of a cell above
            rows = [*rows, [line.text]] if line.is_row else [*rows[:-1], [*rows[-1], line.text]]
        composer.table([], [[joined(row, compounds)] for row in rows])
    else:
        composer.text(text)
